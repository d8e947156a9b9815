package io.github.camelzendesk.auth.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.github.camelzendesk.auth.settings.internal.json.SettingsJson;

import static org.assertj.core.api.Assertions.assertThat;

/** One document with every member there is, and the laws that whatever reads it keeps. */
final class SettingsSamples {
    static final String URL = "https://acme.zendesk.com";
    static final String CLIENT = "app";
    static final String ACCESS = "an-access-token";
    static final String REFRESH = "a-refresh-token";
    static final Secret KEY = Secret.of(Base64.getEncoder().encodeToString(new byte[32]));
    private static final Pattern LINE = Pattern.compile("[\\x20-\\x7e]{0,900}");
    private static final Pattern REMEDY = Pattern.compile("[Ss]et |move it away|log in again");
    private static final Instant THEN = Instant.parse("2026-11-24T10:00:00Z");

    static final OAuthSettings WHOLE = new OAuthSettings(
            SettingsOwner.person(URL, CLIENT),
            "a-lineage",
            7,
            new TokenPair(
                    Secret.of(ACCESS),
                    Secret.of(REFRESH),
                    "read write",
                    THEN,
                    THEN.plusSeconds(1800),
                    THEN.plus(Duration.ofDays(30))),
            new PendingExchange(
                    "0f", 8, THEN, "process 7", Duration.ZERO, new PendingExchange("0d", 5, THEN, "process 5")),
            new EndedGrant("0e", "REFUSED", THEN),
            new Backoff(2, THEN.plusSeconds(5), Duration.ofSeconds(5)),
            List.of("0a", "0b"),
            Map.of("note", JsonNodeFactory.instance.objectNode().put("by", "operator")));

    private SettingsSamples() {}

    static SettingsCodec codec(boolean encrypted) {
        return SettingsCodec.of(URL, CLIENT, encrypted ? KEY : null);
    }

    /** Compares by value, secrets included, which {@code equals} of a record does not; prints names only. */
    static void assertSame(OAuthSettings actual, OAuthSettings expected) {
        JsonNode read = SettingsJson.write(actual);
        JsonNode written = SettingsJson.write(expected);
        TreeSet<String> names = new TreeSet<>();
        read.fieldNames().forEachRemaining(names::add);
        written.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> read.path(name).equals(written.path(name)));
        assertThat(names).as("members that differ").isEmpty();
    }

    /** The place and the way out on one bounded line, and neither a token nor a quotation; a failure prints neither. */
    static void assertDiscreet(Throwable refusal, String place) {
        assertThat(refusal).isExactlyInstanceOf(SettingsStoreException.class);
        String message = refusal.getMessage();
        assertThat(message.contains(place) && REMEDY.matcher(message).find())
                .as("place and way out")
                .isTrue();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            assertThat(LINE.matcher(text).matches()).as("one line").isTrue();
            assertThat(text.contains(ACCESS) || text.contains(REFRESH))
                    .as("a token")
                    .isFalse();
        }
    }
}
