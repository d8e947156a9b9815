package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/**
 * The incremental export of a resource, by time and by cursor ("Incremental Exports" in Zendesk's reference). For use under
 * the protocol's lock.
 *
 * <p>What changed within the latest minute is left for later, so that no change is missed; ten requests a minute are
 * answered; a deleted ticket is told with the status deleted. How Zendesk answers a cursor that it never gave is not
 * documented, and a guess here.
 */
record Export(Account account, Call call, Resource resource) {
    private static final int LARGEST_PAGE = 1000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.0\\|\\|([0-9]{1,18})\\|");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

    Answer byTime() {
        throttle();
        Instant start = started();
        List<Entry> changed = changed(start, 0);
        List<Entry> page = withSameSecond(changed);
        Long end = page.isEmpty() ? null : second(page.get(page.size() - 1));
        Map<String, @Nullable Object> body = body(page, changed);
        body.put("end_time", end);
        body.put("next_page", end == null ? null : call.address(Map.of("start_time", String.valueOf(end))));
        body.put("count", page.size());
        return Answer.json(200, body);
    }

    /** A page by time begins with a second, so it must end with one. */
    private List<Entry> withSameSecond(List<Entry> changed) {
        int end = Math.min(size(), changed.size());
        while (end > 0 && end < changed.size() && second(changed.get(end)) == second(changed.get(end - 1))) {
            end++;
        }
        return changed.subList(0, end);
    }

    private static long second(Entry entry) {
        return entry.changed().getEpochSecond();
    }

    Answer byCursor() {
        throttle();
        String cursor = call.query().get("cursor");
        List<Entry> changed = cursor == null ? changed(started(), 0) : changed(Instant.EPOCH, resumed(cursor));
        List<Entry> page = changed.subList(0, Math.min(size(), changed.size()));
        String after = page.isEmpty() ? cursor : cursor(page.get(page.size() - 1));
        Map<String, @Nullable Object> body = body(page, changed);
        body.put("after_cursor", after);
        body.put("after_url", after == null ? null : address(after));
        body.put("before_cursor", null);
        body.put("before_url", null);
        return Answer.json(200, body);
    }

    private String address(String cursor) {
        return call.origin() + call.path() + "?cursor=" + cursor + "&per_page=" + size();
    }

    private Map<String, @Nullable Object> body(List<Entry> page, List<Entry> changed) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put(
                resource.plural,
                page.stream()
                        .map(entry -> resource.shown(entry.members(), call))
                        .toList());
        body.put("end_of_stream", page.size() == changed.size());
        return body;
    }

    private List<Entry> changed(Instant since, long afterChange) {
        Instant youngest = account.clock.instant().minus(account.exportDelay);
        return account.store(resource).changed(since, afterChange, youngest);
    }

    private void throttle() {
        Instant now = account.clock.instant();
        account.exports.removeIf(earlier -> !earlier.isAfter(now.minus(WINDOW)));
        if (account.exports.size() >= account.exportLimit) {
            Instant free = account.exports.isEmpty() ? now : account.exports.get(0);
            throw ApiRefusal.throttled(Duration.between(now, free.plus(WINDOW)).plusSeconds(1));
        }
        account.exports.add(now);
    }

    private Instant started() {
        String time = call.query().get("start_time");
        if (time == null || !NUMBER.matcher(time).matches()) {
            throw ApiRefusal.refused(400, "InvalidValue", "start_time is required: a Unix time in seconds");
        }
        Instant start = Instant.ofEpochSecond(Long.parseLong(time));
        if (start.isAfter(account.clock.instant().minus(account.exportDelay))) {
            throw ApiRefusal.refused(
                    422,
                    "InvalidValue",
                    "Too recent start_time. Use a start_time older than " + account.exportDelay.toSeconds()
                            + " seconds");
        }
        return start;
    }

    private static long resumed(String cursor) {
        Matcher matcher = CURSOR.matcher(Cursor.place(cursor));
        if (!matcher.matches()) {
            throw ApiRefusal.refused(400, "InvalidValue", "Invalid cursor");
        }
        return Long.parseLong(matcher.group(2));
    }

    private static String cursor(Entry last) {
        return Cursor.of(second(last) + ".0||" + last.change() + "|");
    }

    private int size() {
        return Call.number(call.query().get("per_page"), LARGEST_PAGE, LARGEST_PAGE);
    }
}
