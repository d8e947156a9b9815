package io.github.camelzendesk.auth.testkit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/** The tags of a ticket, a user or an organization ("Tags" in Zendesk's reference). Immutable. */
record Tags(Set<String> names) {

    /** Those that are listed; none for anything but a list. */
    static Tags of(@Nullable Object listed) {
        return of(listed instanceof List<?> several ? several : List.of());
    }

    private static Tags of(List<?> listed) {
        Set<String> names = new TreeSet<>();
        listed.forEach(tag -> names.add(String.valueOf(tag)));
        return new Tags(names);
    }

    /** Those that a request sends: in its body, or to remove some also in its query. */
    static Tags sent(Call call) {
        Object sent = Json.map(call.body()).get("tags");
        String query = call.query().get("tags");
        return sent == null && query != null ? of(List.of(query.split(","))) : of(sent);
    }

    Tags and(Tags more) {
        Set<String> both = new TreeSet<>(names);
        both.addAll(more.names);
        return new Tags(both);
    }

    Tags without(Tags some) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(some.names);
        return new Tags(rest);
    }

    List<String> list() {
        return List.copyOf(names);
    }

    /** The tags of all tickets, the most frequent first. For use under the protocol's lock. */
    static Answer all(Account account, String path, Call call) {
        Map<String, Integer> counts = new TreeMap<>();
        account.store(Resource.TICKETS).all().values().forEach(ticket -> of(ticket.get("tags"))
                .names
                .forEach(tag -> counts.merge(tag, 1, Integer::sum)));
        if (!path.equals("tags")) {
            return Answer.count(account.clock.instant(), counts.size());
        }
        List<Map<String, @Nullable Object>> tags = counts.entrySet().stream()
                .sorted((one, other) -> other.getValue() - one.getValue())
                .map(tag -> Json.members("name", tag.getKey(), "count", tag.getValue()))
                .toList();
        return Page.of(tags, call).answer("tags");
    }
}
