package io.github.camelzendesk.auth.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/**
 * The usual part of Zendesk's search: words, quoted words, {@code name:value}, {@code <} and {@code >} for status and dates,
 * and a minus before any of them. For use under the protocol's lock.
 */
record Search(Account account) {
    private static final List<Resource> ALL = Resource.tagged();
    private static final List<String> STATUS = List.of("new", "open", "pending", "hold", "solved", "closed");
    private static final Pattern TERM =
            Pattern.compile("(?<not>-?)(?:(?<name>[a-z_]+)(?<is>:|[<>]=?))?(?<value>\"[^\"]*\"|\\S+)");
    private static final Map<String, String> NAMES = Map.of(
            "created", "created_at",
            "updated", "updated_at",
            "requester", "requester_id",
            "submitter", "submitter_id",
            "assignee", "assignee_id",
            "organization", "organization_id",
            "group", "group_id",
            "ticket_type", "type");

    /** One term of a query. Immutable. */
    private record Term(boolean not, @Nullable String name, String operator, String value) {}

    Answer answer(String path, Call call) {
        return switch (path) {
            case "search", "search/export" -> {
                Map<String, @Nullable Object> body = new Page(found(call, among(call)), call).body("results");
                body.put("facets", null);
                yield Answer.json(200, body);
            }
            case "search/count" ->
                Answer.json(200, Map.of("count", found(call, ALL).size()));
            default -> throw ApiRefusal.unknownPath();
        };
    }

    /** An export is of one type; it may be named in the query of any search, too. */
    private static List<Resource> among(Call call) {
        String type = call.query().get("filter[type]");
        return type == null
                ? ALL
                : ALL.stream().filter(each -> each.singular.equals(type)).toList();
    }

    /** By the place in the list: ids of different resources may be equal. */
    NavigableMap<Long, Map<String, @Nullable Object>> found(Call call, List<Resource> among) {
        List<Term> terms = terms(call.query().getOrDefault("query", ""));
        NavigableMap<Long, Map<String, @Nullable Object>> found = new TreeMap<>();
        for (Resource resource : among) {
            for (Map<String, @Nullable Object> members :
                    account.store(resource).all().values()) {
                if (terms.stream().allMatch(term -> fits(term, resource, members) != term.not())) {
                    Map<String, @Nullable Object> shown = resource.shown(members, call);
                    shown.put("result_type", resource.singular);
                    found.put((long) found.size(), shown);
                }
            }
        }
        return found;
    }

    private static List<Term> terms(String query) {
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(query);
        while (matcher.find()) {
            String operator = matcher.group("is");
            terms.add(new Term(
                    !matcher.group("not").isEmpty(),
                    matcher.group("name"),
                    operator == null ? ":" : operator,
                    matcher.group("value").replace("\"", "").toLowerCase(Locale.ROOT)));
        }
        return terms;
    }

    private boolean fits(Term term, Resource resource, Map<String, @Nullable Object> members) {
        String name = term.name();
        if (name == null) {
            return members.values().stream().anyMatch(value -> text(value).contains(term.value()));
        }
        if (name.equals("type")) {
            return resource.singular.equals(term.value());
        }
        return fits(term, members.get(NAMES.getOrDefault(name, name)));
    }

    private boolean fits(Term term, @Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(each -> text(each).equals(term.value()));
        }
        if (!term.operator().equals(":")) {
            return compares(term, text(value));
        }
        Entry person = account.users.get(term.value());
        return term.value().equals("none") && value == null
                || text(value).contains(term.value())
                || value != null && person != null && value.equals(person.id());
    }

    private static boolean compares(Term term, String value) {
        boolean status = STATUS.contains(value) && STATUS.contains(term.value());
        int difference = status ? STATUS.indexOf(value) - STATUS.indexOf(term.value()) : value.compareTo(term.value());
        return !value.isEmpty()
                && (term.operator().startsWith("<") ? difference < 0 : difference > 0)
                        | (term.operator().endsWith("=") && difference == 0);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().toLowerCase(Locale.ROOT);
    }
}
