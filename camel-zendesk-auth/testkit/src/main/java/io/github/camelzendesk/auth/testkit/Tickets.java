package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The tickets of an account, in the order in which they last changed. For use under the protocol's lock. */
final class Tickets {
    private final InstantSource clock;
    private final Map<Long, Ticket> byId = new LinkedHashMap<>();
    private long changes;

    /**
     * One ticket. Immutable.
     *
     * @param change which change of the account was its last
     * @param generated when that was
     */
    record Ticket(long id, long change, Instant generated, Map<String, Object> members) {}

    Tickets(InstantSource clock) {
        this.clock = clock;
        Instant yesterday = clock.instant().minus(Duration.ofDays(1));
        create(Map.of("subject", "My printer is on fire", "status", "open"), yesterday);
        create(Map.of("subject", "Where is my order?", "status", "new"), yesterday);
    }

    Ticket create(Map<String, Object> members) {
        return create(members, clock.instant());
    }

    private Ticket create(Map<String, Object> members, Instant now) {
        long id = byId.size() + 1L;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("status", "new");
        all.put("created_at", time(now));
        return put(id, all, members, now);
    }

    /** Null for a ticket that is not there. */
    @Nullable
    Ticket update(long id, Map<String, Object> members) {
        Ticket known = byId.get(id);
        return known == null ? null : put(id, new LinkedHashMap<>(known.members()), members, clock.instant());
    }

    private Ticket put(long id, Map<String, Object> all, Map<String, Object> members, Instant now) {
        members.forEach((name, value) -> {
            if (!name.equals("id")) {
                all.put(name, value);
            }
        });
        all.put("updated_at", time(now));
        all.put("generated_timestamp", now.getEpochSecond());
        Ticket ticket = new Ticket(id, ++changes, now, all);
        byId.put(id, ticket);
        return ticket;
    }

    @Nullable
    Ticket get(long id) {
        return byId.get(id);
    }

    List<Map<String, Object>> all() {
        return members(byId.values());
    }

    /** Those that changed since, the earliest change first, but for the latest that are too young to be told. */
    List<Ticket> changed(Instant since, long afterChange, Instant youngest) {
        return byId.values().stream()
                .filter(ticket -> !ticket.generated().isBefore(since) && ticket.change() > afterChange)
                .filter(ticket -> !ticket.generated().isAfter(youngest))
                .sorted(Comparator.comparingLong(Ticket::change))
                .toList();
    }

    static List<Map<String, Object>> members(Collection<Ticket> tickets) {
        List<Map<String, Object>> members = new ArrayList<>();
        tickets.forEach(ticket -> members.add(ticket.members()));
        return members;
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
