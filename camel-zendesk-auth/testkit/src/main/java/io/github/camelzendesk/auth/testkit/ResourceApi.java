package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/**
 * The API calls that all resources have: list, count, show, show many, create, update, delete; some have tags and jobs, too.
 * For use under the protocol's lock.
 *
 * <p>A create with an {@code Idempotency-Key} acts once within two hours ("Idempotency" in Zendesk's reference).
 */
record ResourceApi(Account account, Call call, Caller caller, Resource resource, Store store) {
    private static final Duration KEY_LIFETIME = Duration.ofHours(2);
    private static final Set<String> OF_REQUESTS = Set.of("GET ", "POST ", "GET 1", "PUT 1", "GET 1/comments");

    ResourceApi(Account account, Call call, Caller caller, Resource resource) {
        this(account, call, caller, resource, account.store(resource));
    }

    /** Answers a path below the resource's own. */
    Answer answer(List<String> path) {
        String what = call.method() + " "
                + String.join("/", path.stream().map(ResourceApi::shape).toList());
        if (resource == Resource.REQUESTS && !OF_REQUESTS.contains(what)) {
            throw ApiRefusal.unknownPath();
        }
        return resource.isTagged() ? ofTagged(what, path) : ofAll(what, path);
    }

    private Answer ofTagged(String what, List<String> path) {
        return switch (what) {
            case "GET 1/tags", "POST 1/tags", "PUT 1/tags", "DELETE 1/tags" -> tags(found(id(path)));
            case "POST create_many" -> jobs().queued("create", resource, call.several(resource.plural), this::newId);
            case "PUT update_many" -> updatedMany();
            case "DELETE destroy_many" -> jobs().queued("delete", resource, ids(), this::deletedId);
            default -> ofAll(what, path);
        };
    }

    private Answer ofAll(String what, List<String> path) {
        return switch (what) {
            case "GET " -> list(visible());
            case "POST " -> createdOnce();
            case "GET count" ->
                Answer.count(account.clock.instant(), store.all().size());
            case "GET show_many" -> list(chosen());
            case "GET search" -> list(new Search(account).found(call, List.of(resource)));
            case "GET 1" -> one(200, found(id(path)));
            case "PUT 1" -> one(200, updated(id(path), call.sent(resource.singular)));
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
        return number(path.get(0));
    }

    /** 0, which nothing has, for anything else. */
    private static long number(@Nullable Object sent) {
        String id = String.valueOf(sent);
        return shape(id).equals("1") ? Long.parseLong(id) : 0;
    }

    private Answer list(NavigableMap<Long, Map<String, @Nullable Object>> members) {
        for (Map.Entry<Long, Map<String, @Nullable Object>> each : members.entrySet()) {
            each.setValue(resource.shown(each.getValue(), call));
        }
        return new Page(members, call).answer(resource.plural);
    }

    /** Those of the ids that are there. */
    private NavigableMap<Long, Map<String, @Nullable Object>> chosen() {
        List<String> ids = call.ids();
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

    private Entry found(long id) {
        Entry entry = found(store.get(id));
        return found(isVisible(entry.members().get("requester_id")) ? entry : null);
    }

    private NavigableMap<Long, Map<String, @Nullable Object>> visible() {
        NavigableMap<Long, Map<String, @Nullable Object>> visible = store.all();
        visible.values().removeIf(members -> !isVisible(members.get("requester_id")));
        return visible;
    }

    /** Those who ask for help see their own requests. */
    private boolean isVisible(@Nullable Object requester) {
        return resource != Resource.REQUESTS
                || String.valueOf(account.users.id(caller.person())).equals(String.valueOf(requester));
    }

    private Entry updated(long id, Map<String, @Nullable Object> sent) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(sent);
        Tags tags = Tags.of(found(id).members().get("tags"));
        if (sent.containsKey("additional_tags") || sent.containsKey("remove_tags")) {
            Tags changed = tags.and(Tags.of(sent.get("additional_tags"))).without(Tags.of(sent.get("remove_tags")));
            members.put("tags", changed.list());
        }
        return found(
                resource.isTicket()
                        ? new Tickets(account).update(id, members, caller.person())
                        : store.update(id, members));
    }

    private Answer tags(Entry entry) {
        Tags known = Tags.of(entry.members().get("tags"));
        Tags sent = Tags.sent(call);
        Tags tags =
                switch (call.method()) {
                    case "POST" -> sent;
                    case "PUT" -> known.and(sent);
                    case "DELETE" -> known.without(sent);
                    default -> known;
                };
        if (!tags.equals(known)) {
            store.update(entry.id(), Map.of("tags", tags.list()));
        }
        return Answer.json(call.method().equals("POST") ? 201 : 200, Map.of("tags", tags.list()));
    }

    private Jobs jobs() {
        return new Jobs(account, call);
    }

    private List<Long> ids() {
        return call.ids().stream()
                .filter(id -> shape(id).equals("1"))
                .map(Long::valueOf)
                .toList();
    }

    /** The same change for many, or to each its own. */
    private Answer updatedMany() {
        Map<Long, Map<String, @Nullable Object>> changes = new LinkedHashMap<>();
        ids().forEach(id -> changes.put(id, call.sent(resource.singular)));
        call.several(resource.plural).forEach(sent -> changes.put(number(sent.get("id")), sent));
        return jobs().queued("update", resource, List.copyOf(changes.keySet()), id -> updated(
                        id, changes.getOrDefault(id, Map.of()))
                .id());
    }

    private Long newId(Map<String, @Nullable Object> sent) {
        return create(sent).id();
    }

    private Long deletedId(Long id) {
        return found(store.delete(id)).id();
    }

    /** A user is answered, as one who may no longer do anything. */
    private Answer deleted(long id) {
        Entry last = found(store.delete(id));
        return resource == Resource.USERS ? one(200, last) : Answer.empty(204);
    }

    private Answer comments(long ticket, boolean count) {
        if (!resource.isTicket()) {
            throw ApiRefusal.unknownPath();
        }
        found(ticket);
        Store store = new Tickets(account).comments(ticket);
        NavigableMap<Long, Map<String, @Nullable Object>> comments = store.all();
        comments.values().removeIf(each -> resource == Resource.REQUESTS && !Boolean.TRUE.equals(each.get("public")));
        return count
                ? Answer.count(account.clock.instant(), comments.size())
                : new ResourceApi(account, call, caller, Resource.COMMENTS, store).list(comments);
    }

    private Entry create(Map<String, @Nullable Object> sent) {
        if (resource == Resource.REQUESTS && sent.get("comment") == null) {
            throw ApiRefusal.invalid("Description: cannot be blank");
        }
        return resource.isTicket() ? new Tickets(account).create(sent, caller.email()) : store.create(sent, Map.of());
    }

    private Answer created() {
        Entry entry = create(call.sent(resource.singular));
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
