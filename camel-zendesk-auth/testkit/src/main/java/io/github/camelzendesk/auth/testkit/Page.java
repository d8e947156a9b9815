package io.github.camelzendesk.auth.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list, by cursor or by number, as the request asks for ("Pagination" in Zendesk's reference). Immutable. How
 * Zendesk answers a cursor that it never gave is not documented, and a guess here.
 *
 * @param all the whole list, in its order; a cursor holds a key, so that what is deleted meanwhile makes no gap
 */
record Page(NavigableMap<Long, Map<String, @Nullable Object>> all, Call call) {
    private static final int LARGEST = 100;
    private static final int DEEPEST = 10_000;
    private static final Pattern CURSOR = Pattern.compile("id:([0-9]{1,18})");

    /** Of a list that nothing is taken from: the places in it are its keys. */
    static Page of(List<Map<String, @Nullable Object>> list, Call call) {
        NavigableMap<Long, Map<String, @Nullable Object>> all = new TreeMap<>();
        list.forEach(each -> all.put((long) all.size(), each));
        return new Page(all, call);
    }

    Answer answer(String name) {
        return Answer.json(200, body(name));
    }

    /** Throws a refusal for a page that there is not. */
    Map<String, @Nullable Object> body(String name) {
        Map<String, String> query = call.query();
        boolean byCursor = query.keySet().stream().anyMatch(parameter -> parameter.startsWith("page["));
        return byCursor ? byCursor(name, query) : byNumber(name, query);
    }

    private Map<String, @Nullable Object> byNumber(String name, Map<String, String> query) {
        int size = Call.number(query.get("per_page"), LARGEST, LARGEST);
        int number = Call.number(query.get("page"), 1, Integer.MAX_VALUE);
        long end = (long) number * size;
        if (number > 1 && end > DEEPEST) {
            throw ApiRefusal.pagination(
                    "InvalidPaginationDepth",
                    "Pagination requests using Offset Pagination are limited to page 100 or up to 10000 records");
        }
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(name, all.values().stream().skip(end - size).limit(size).toList());
        body.put("next_page", end < all.size() ? numbered(number + 1, size) : null);
        body.put("previous_page", number > 1 ? numbered(number - 1, size) : null);
        body.put("count", all.size());
        return body;
    }

    private String numbered(int number, int size) {
        return call.address(Map.of("page", String.valueOf(number), "per_page", String.valueOf(size)));
    }

    private Map<String, @Nullable Object> byCursor(String name, Map<String, String> query) {
        int size = Call.number(query.get("page[size]"), LARGEST, LARGEST);
        List<Long> keys = keys(query.get("page[after]"), query.get("page[before]"), size);
        Long first = keys.isEmpty() ? null : keys.get(0);
        Long last = keys.isEmpty() ? null : keys.get(keys.size() - 1);
        boolean more = last != null && all.higherKey(last) != null;
        boolean earlier = first != null && all.lowerKey(first) != null;
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(name, keys.stream().map(all::get).toList());
        body.put("meta", Json.members("has_more", more, "after_cursor", cursor(last), "before_cursor", cursor(first)));
        body.put(
                "links",
                Json.members(
                        "next", more ? linked("page[after]", last, size) : null,
                        "prev", earlier ? linked("page[before]", first, size) : null));
        return body;
    }

    private List<Long> keys(@Nullable String after, @Nullable String before, int size) {
        if (before != null) {
            List<Long> keys = new ArrayList<>(all.headMap(key(before), false).descendingMap().keySet().stream()
                    .limit(size)
                    .toList());
            Collections.reverse(keys);
            return keys;
        }
        return (after == null ? all : all.tailMap(key(after), false))
                .keySet().stream().limit(size).toList();
    }

    private String linked(String direction, @Nullable Long key, int size) {
        return call.address(Map.of(direction, String.valueOf(cursor(key)), "page[size]", String.valueOf(size)));
    }

    private static @Nullable String cursor(@Nullable Long key) {
        return key == null ? null : Cursor.of("id:" + key);
    }

    private static Long key(String cursor) {
        Matcher matcher = CURSOR.matcher(Cursor.place(cursor));
        if (!matcher.matches()) {
            throw ApiRefusal.pagination("InvalidPaginationParameter", "The cursor is not valid");
        }
        return Long.valueOf(matcher.group(1));
    }
}
