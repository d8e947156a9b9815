package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Tickets.Ticket;

/**
 * The API calls for tickets: list, show, create, update, export. For use under the protocol's lock.
 *
 * <p>A create with an {@code Idempotency-Key} acts once within two hours ("Idempotency" in Zendesk's reference).
 */
record TicketApi(Account account) {
    private static final String LIST = "/api/v2/tickets";
    private static final String EXPORT = "/api/v2/incremental/tickets/cursor";
    private static final Pattern ONE = Pattern.compile("/api/v2/tickets/([0-9]{1,18})");
    private static final Duration KEY_LIFETIME = Duration.ofHours(2);

    static boolean owns(String path) {
        return path.equals(LIST) || path.equals(EXPORT) || ONE.matcher(path).matches();
    }

    Answer answer(String path, Call call) {
        Matcher one = ONE.matcher(path);
        if (one.matches()) {
            return one(Long.parseLong(one.group(1)), call);
        }
        if (path.equals(EXPORT)) {
            return new TicketExport(account)
                    .answer(call, "http://" + call.headers().getOrDefault("Host", ""));
        }
        if (call.method().equals("GET")) {
            List<Map<String, Object>> all = account.tickets.all();
            return Answer.json(200, Map.of("count", all.size(), "tickets", all));
        }
        String key = call.header("Idempotency-Key");
        return key == null ? created(call) : createdOnce(key, call);
    }

    private Answer one(long id, Call call) {
        Ticket ticket =
                call.method().equals("PUT") ? account.tickets.update(id, members(call)) : account.tickets.get(id);
        return ticket == null
                ? Answer.json(404, Map.of("error", "RecordNotFound", "description", "Not found"))
                : Answer.json(200, Map.of("ticket", ticket.members()));
    }

    private Answer created(Call call) {
        Ticket ticket = account.tickets.create(members(call));
        return Answer.json(201, Map.of("ticket", ticket.members()));
    }

    private Answer createdOnce(String key, Call call) {
        Instant now = account.clock.instant();
        Account.Created known = account.created.get(key);
        if (known == null || known.at().isBefore(now.minus(KEY_LIFETIME))) {
            Answer answer = created(call);
            account.created.put(key, new Account.Created(now, call.body(), answer));
            return answer.with("x-idempotency-lookup", "miss");
        }
        if (!known.request().equals(call.body())) {
            String why = "Request parameters don't match the given idempotency key";
            return Answer.json(400, Map.of("error", "IdempotentRequestError", "description", why));
        }
        return known.answer().with("x-idempotency-lookup", "hit");
    }

    private static Map<String, Object> members(Call call) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (Json.map(call.body()).get("ticket") instanceof Map<?, ?> ticket) {
            ticket.forEach((name, value) -> put(members, String.valueOf(name), value));
        }
        return members;
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
