package io.github.camelzendesk.auth.testkit;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** All that an account keeps of one resource. For use under the protocol's lock. */
final class Store {
    private final Resource resource;
    private final InstantSource clock;
    private final LongSupplier ids;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private long changes;

    /**
     * One thing. Immutable.
     *
     * @param change which change of the store was its last
     * @param changed when that was
     * @param deleted whether it is there for exports only
     */
    record Entry(long id, long change, Instant changed, boolean deleted, Map<String, @Nullable Object> members) {}

    Store(Resource resource, InstantSource clock, LongSupplier ids) {
        this.resource = resource;
        this.clock = clock;
        this.ids = ids;
    }

    /** Adds what a request sent, and what Zendesk makes of it, which has the last word. */
    Entry create(Map<String, @Nullable Object> sent, Map<String, @Nullable Object> made) {
        return create(sent, made, clock.instant());
    }

    Entry create(Map<String, @Nullable Object> sent, Map<String, @Nullable Object> made, Instant now) {
        long id = ids.getAsLong();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("id", id);
        members.putAll(resource.defaults());
        putKept(members, sent);
        members.putAll(made);
        members.put("created_at", time(now));
        return put(id, false, members, now);
    }

    /** Null for what is not there. */
    @Nullable
    Entry update(long id, Map<String, @Nullable Object> sent) {
        return changed(get(id), false, sent);
    }

    /** Null for what is not there. */
    @Nullable
    Entry delete(long id) {
        return changed(get(id), true, resource.last());
    }

    private @Nullable Entry changed(@Nullable Entry entry, boolean deleted, Map<String, @Nullable Object> sent) {
        if (entry == null) {
            return null;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>(entry.members());
        putKept(members, sent);
        return put(entry.id(), deleted, members, clock.instant());
    }

    private void putKept(Map<String, @Nullable Object> members, Map<String, @Nullable Object> sent) {
        sent.forEach((name, value) -> {
            if (resource.keeps(name)) {
                members.put(name, value);
            }
        });
    }

    private Entry put(long id, boolean deleted, Map<String, @Nullable Object> members, Instant now) {
        members.put("updated_at", time(now));
        if (resource == Resource.TICKETS) {
            members.put("generated_timestamp", now.getEpochSecond());
        }
        Entry entry = new Entry(id, ++changes, now, deleted, Collections.unmodifiableMap(members));
        entries.put(id, entry);
        return entry;
    }

    /** Null for what is not there, or no longer. */
    @Nullable
    Entry get(long id) {
        Entry entry = entries.get(id);
        return entry == null || entry.deleted() ? null : entry;
    }

    /** The first with this value of a member. */
    @Nullable
    Entry find(String member, Object value) {
        return live().filter(entry -> value.equals(entry.members().get(member)))
                .findFirst()
                .orElse(null);
    }

    /** The members of all, by id. */
    NavigableMap<Long, Map<String, @Nullable Object>> all() {
        NavigableMap<Long, Map<String, @Nullable Object>> all = new TreeMap<>();
        live().forEach(entry -> all.put(entry.id(), entry.members()));
        return all;
    }

    private Stream<Entry> live() {
        return entries.values().stream().filter(entry -> !entry.deleted());
    }

    /** Those that changed since, the earliest change first, but for the latest that are too young to be told. */
    List<Entry> changed(Instant since, long afterChange, Instant youngest) {
        return entries.values().stream()
                .filter(entry -> !entry.changed().isBefore(since) && entry.change() > afterChange)
                .filter(entry -> !entry.changed().isAfter(youngest))
                .sorted(Comparator.comparingLong(Entry::change))
                .toList();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
