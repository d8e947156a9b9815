package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110 sections 10.2.3 and 5.6.7). Stateless. */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final Pattern RFC_850 = Pattern.compile("[A-Z][a-z]+day, ([0-9]{2}-[A-Z][a-z]{2}-[0-9]{2} .*) GMT");
    private static final Pattern ASCTIME =
            Pattern.compile("[A-Z][a-z]{2} ([A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} [0-9]{4})");
    private static final DateTimeFormatter ASCTIME_DATE = DateTimeFormatter.ofPattern("MMM d HH:mm:ss uuuu", Locale.US);
    private static final Duration LEAST = Duration.ofSeconds(1);
    public static final Duration MOST = Duration.ofHours(1);
    private static final int MOST_DIGITS = 9;
    private static final int YEARS_BACK = 49;

    private RetryAfter() {}

    /** The wait it asks for, between a second and an hour; null when there is none that can be understood. */
    public static @Nullable Duration parse(@Nullable String header, InstantSource clock) {
        if (header == null) {
            return null;
        }
        String value = header.trim();
        if (SECONDS.matcher(value).matches()) {
            return bounded(value.length() > MOST_DIGITS ? MOST : Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant now = clock.instant();
            return bounded(Duration.between(now, date(value, now)));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** In any of the three forms, of which the latter two are obsolete and must be accepted all the same. */
    private static Instant date(String value, Instant now) {
        var rfc850 = RFC_850.matcher(value);
        if (rfc850.matches()) {
            return utc(rfc850.group(1), rfc850Date(now));
        }
        var asctime = ASCTIME.matcher(value);
        if (asctime.matches()) {
            return utc(asctime.group(1).replace("  ", " "), ASCTIME_DATE);
        }
        return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static Instant utc(String text, DateTimeFormatter form) {
        return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
    }

    /** Its year of two digits is never more than fifty years ahead. */
    private static DateTimeFormatter rfc850Date(Instant now) {
        LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(YEARS_BACK);
        return new DateTimeFormatterBuilder()
                .appendPattern("dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss")
                .toFormatter(Locale.US);
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LEAST) < 0 ? LEAST : wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
