package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Tickets.Ticket;

/**
 * The incremental export of tickets by cursor ("Incremental Exports" in Zendesk's reference). For use under the protocol's
 * lock.
 *
 * <p>What changed within the latest minute is left for later, so that no change is missed; ten requests a minute are
 * answered. How Zendesk answers a cursor that it never gave is not documented, and a guess here.
 */
record TicketExport(Account account) {
    private static final int LARGEST_PAGE = 1000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.0\\|\\|([0-9]{1,18})\\|");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

    /** Where a page begins. Immutable. */
    private record Start(Instant since, long afterChange) {}

    Answer answer(Call call, String origin) {
        Duration wait = throttled();
        if (wait != null) {
            return ApiFault.throttled(wait).answer();
        }
        Map<String, String> query = Call.form(call.url().substring(call.path().length()));
        String cursor = query.get("cursor");
        Start start = cursor == null ? started(query.get("start_time")) : resumed(cursor);
        if (start == null) {
            return cursor == null ? noStart() : refused(400, "InvalidValue", "Invalid cursor");
        }
        if (cursor == null && start.since().isAfter(account.clock.instant().minus(account.exportDelay))) {
            return refused(
                    422,
                    "InvalidValue",
                    "Too recent start_time. Use a start_time older than " + account.exportDelay.toSeconds()
                            + " seconds");
        }
        return page(start, cursor, size(query.get("per_page")), origin + call.path());
    }

    private Answer page(Start start, @Nullable String cursor, int size, String address) {
        Instant youngest = account.clock.instant().minus(account.exportDelay);
        List<Ticket> changed = account.tickets.changed(start.since(), start.afterChange(), youngest);
        List<Ticket> page = changed.subList(0, Math.min(size, changed.size()));
        String after = page.isEmpty() ? cursor : cursor(page.get(page.size() - 1));
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("tickets", Tickets.members(page));
        body.put("after_cursor", after);
        body.put("after_url", after == null ? null : address + "?cursor=" + after + "&per_page=" + size);
        body.put("before_cursor", null);
        body.put("before_url", null);
        body.put("end_of_stream", page.size() == changed.size());
        return Answer.json(200, body);
    }

    /** How long the caller must wait, null when it need not. */
    private @Nullable Duration throttled() {
        Instant now = account.clock.instant();
        account.exports.removeIf(earlier -> !earlier.isAfter(now.minus(WINDOW)));
        if (account.exports.size() >= account.exportLimit) {
            Instant free = account.exports.isEmpty() ? now : account.exports.get(0);
            return Duration.between(now, free.plus(WINDOW)).plusSeconds(1);
        }
        account.exports.add(now);
        return null;
    }

    private static @Nullable Start started(@Nullable String time) {
        return time == null || !NUMBER.matcher(time).matches()
                ? null
                : new Start(Instant.ofEpochSecond(Long.parseLong(time)), 0);
    }

    private static @Nullable Start resumed(String cursor) {
        Matcher matcher = CURSOR.matcher(decoded(cursor));
        return matcher.matches() ? new Start(Instant.EPOCH, Long.parseLong(matcher.group(2))) : null;
    }

    private static String cursor(Ticket last) {
        String plain = last.generated().getEpochSecond() + ".0||" + last.change() + "|";
        return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static int size(@Nullable String asked) {
        return asked == null || !NUMBER.matcher(asked).matches()
                ? LARGEST_PAGE
                : (int) Math.max(1, Math.min(LARGEST_PAGE, Long.parseLong(asked)));
    }

    private static Answer noStart() {
        return refused(400, "InvalidValue", "start_time is required: a Unix time in seconds");
    }

    private static Answer refused(int status, String error, String description) {
        return Answer.json(status, Map.of("error", error, "description", description));
    }
}
