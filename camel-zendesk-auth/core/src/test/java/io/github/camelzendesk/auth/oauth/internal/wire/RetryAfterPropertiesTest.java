package io.github.camelzendesk.auth.oauth.internal.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** H3: a wait between a second and an hour, or none; in all the forms that RFC 9110 section 5.6.7 obliges us to read. */
class RetryAfterPropertiesTest {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);
    private static final DateTimeFormatter RFC_850 =
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

    @Property(tries = 2000)
    void anyHeaderIsABoundedWaitOrNone(@ForAll("headers") String header, @ForAll("clocks") Instant now) {
        assertBounded(RetryAfter.parse(header, () -> now));
    }

    @Property(tries = 300)
    void anyNumberOfSecondsIsThatManyWithinBounds(@ForAll @LongRange(min = 0) long seconds) {
        assertThat(RetryAfter.parse(" " + seconds, () -> EngineFixture.START)).isEqualTo(bounded(seconds));
    }

    @Property(tries = 500)
    void everyFormOfADateIsRead(@ForAll @LongRange(min = -100_000, max = 100_000) long seconds) {
        ZonedDateTime at = EngineFixture.START.plusSeconds(seconds).atZone(ZoneOffset.UTC);

        for (DateTimeFormatter form :
                new DateTimeFormatter[] {DateTimeFormatter.RFC_1123_DATE_TIME, RFC_850, ASCTIME}) {
            assertThat(RetryAfter.parse(form.format(at), () -> EngineFixture.START))
                    .isEqualTo(bounded(seconds));
        }
    }

    @Example
    void theExamplesOfRfc9110AreOneInstant() {
        Instant before = Instant.parse("1994-11-06T08:49:07Z");
        for (String header : new String[] {
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
        }) {
            assertThat(RetryAfter.parse(header, () -> before)).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Example
    void aYearOfTwoDigitsIsNeverMoreThanFiftyYearsAhead() {
        Instant newYear = Instant.parse("2099-12-31T23:59:50Z");
        assertThat(RetryAfter.parse("Friday, 01-Jan-00 00:00:00 GMT", () -> newYear))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", () -> EngineFixture.START))
                .isEqualTo(LEAST);
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().numeric().ofMaxLength(40),
                Arbitraries.strings().withChars("SunMonNov,-: 0123456789GMT+\t").ofMaxLength(32),
                dates().map(date -> date.replace("2026", "+292278994")),
                dates());
    }

    @Provide
    Arbitrary<Instant> clocks() {
        return Arbitraries.longs().between(0, 253_402_300_799L).map(Instant::ofEpochSecond);
    }

    private static Arbitrary<String> dates() {
        return Arbitraries.of(
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sun Nov 06 08:49:37 1994",
                "Tue, 31 Feb 2026 25:61:61 GMT",
                "Tue, 24 Nov 2026 10:00:30 +2359",
                "Tuesday, 29-Feb-23 00:00:00 GMT");
    }

    private static void assertBounded(Duration wait) {
        if (wait != null) {
            assertThat(wait).isBetween(LEAST, MOST);
        }
    }

    private static Duration bounded(long seconds) {
        return Duration.ofSeconds(Math.max(LEAST.toSeconds(), Math.min(MOST.toSeconds(), seconds)));
    }
}
