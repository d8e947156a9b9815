package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/**
 * The API calls that all resources have: list, count, show, show many, create, update, delete. For use under the protocol's
 * lock.
 *
 * <p>A create with an {@code Idempotency-Key} acts once within two hours ("Idempotency" in Zendesk's reference).
 */
record ResourceApi(Account account, Call call, Caller caller, Resource resource, Store store) {
    private static final Duration KEY_LIFETIME = Duration.ofHours(2);

    ResourceApi(Account account, Call call, Caller caller, Resource resource) {
        this(account, call, caller, resource, account.store(resource));
    }

    /** Answers a path below the resource's own. */
    Answer answer(List<String> path) {
        return switch (call.method() + " "
                + String.join("/", path.stream().map(ResourceApi::shape).toList())) {
            case "GET " -> list(store.all());
            case "POST " -> createdOnce();
            case "GET count" -> counted(account, store.all().size());
            case "GET show_many" -> list(chosen());
            case "GET search" -> list(new Search(account).found(call, List.of(resource)));
            case "GET 1" -> one(200, found(store.get(id(path))));
            case "PUT 1" -> one(200, found(updated(id(path))));
            case "DELETE 1" -> deleted(id(path));
            case "GET 1/comments", "GET 1/comments/count" -> comments(id(path), path.size() > 2);
            default -> throw ApiRefusal.unknownPath();
        };
    }

    /** An id counts as 1. */
    private static String shape(String part) {
        return part.matches("[0-9]{1,18}") ? "1" : part;
    }

    private static long id(List<String> path) {
        return Long.parseLong(path.get(0));
    }

    private Answer list(NavigableMap<Long, Map<String, @Nullable Object>> members) {
        for (Map.Entry<Long, Map<String, @Nullable Object>> each : members.entrySet()) {
            each.setValue(resource.shown(each.getValue(), call));
        }
        return new Page(members, call).answer(resource.plural);
    }

    static Answer counted(Account account, int value) {
        String now = account.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return Answer.json(200, Map.of("count", Map.of("value", value, "refreshed_at", now)));
    }

    /** Those of the ids that are there. */
    private NavigableMap<Long, Map<String, @Nullable Object>> chosen() {
        List<String> ids = Arrays.asList(call.query().getOrDefault("ids", "").split(","));
        NavigableMap<Long, Map<String, @Nullable Object>> chosen = new TreeMap<>(store.all());
        chosen.keySet().removeIf(id -> !ids.contains(String.valueOf(id)));
        return chosen;
    }

    private Answer one(int status, Entry entry) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(resource.singular, resource.shown(entry.members(), call));
        if (resource == Resource.TICKETS && !call.method().equals("GET")) {
            body.put("audit", new Tickets(account).audit(entry, caller.person()));
        }
        return Answer.json(status, body);
    }

    private static Entry found(@Nullable Entry entry) {
        if (entry == null) {
            throw ApiRefusal.noRecord();
        }
        return entry;
    }

    private @Nullable Entry updated(long id) {
        Map<String, @Nullable Object> sent = call.sent(resource.singular);
        return resource == Resource.TICKETS
                ? new Tickets(account).update(id, sent, caller.person())
                : store.update(id, sent);
    }

    /** A user is answered, as one who may no longer do anything. */
    private Answer deleted(long id) {
        Entry last = found(store.delete(id));
        return resource == Resource.USERS ? one(200, last) : Answer.empty(204);
    }

    private Answer comments(long ticket, boolean count) {
        if (resource != Resource.TICKETS) {
            throw ApiRefusal.unknownPath();
        }
        found(store.get(ticket));
        Store comments = new Tickets(account).comments(ticket);
        return count
                ? counted(account, comments.all().size())
                : new ResourceApi(account, call, caller, Resource.COMMENTS, comments).list(comments.all());
    }

    private Answer created() {
        Map<String, @Nullable Object> sent = call.sent(resource.singular);
        Entry entry = resource == Resource.TICKETS
                ? new Tickets(account).create(sent, caller.person())
                : store.create(sent, Map.of());
        Answer answer = one(201, entry);
        return answer.with(
                "Location", String.valueOf(resource.shown(entry.members(), call).get("url")));
    }

    private Answer createdOnce() {
        String key = call.header("Idempotency-Key");
        if (key == null) {
            return created();
        }
        Instant now = account.clock.instant();
        String request = call.path() + call.body();
        Account.Created known = account.created.get(key);
        if (known == null || known.at().isBefore(now.minus(KEY_LIFETIME))) {
            Answer answer = created();
            account.created.put(key, new Account.Created(now, request, answer));
            return answer.with("x-idempotency-lookup", "miss");
        }
        return again(known, request);
    }

    private static Answer again(Account.Created known, String request) {
        if (!known.request().equals(request)) {
            throw ApiRefusal.refused(
                    400, "IdempotentRequestError", "Request parameters don't match the given idempotency key");
        }
        return known.answer().with("x-idempotency-lookup", "hit");
    }
}
