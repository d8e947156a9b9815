package io.github.camelzendesk.auth.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.github.camelzendesk.auth.settings.internal.json.SettingsJson;

import static io.github.camelzendesk.auth.settings.SettingsSamples.CLIENT;
import static io.github.camelzendesk.auth.settings.SettingsSamples.URL;
import static io.github.camelzendesk.auth.settings.SettingsSamples.assertSame;
import static io.github.camelzendesk.auth.settings.SettingsSamples.codec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;

/** S4: what is written is what is read, with and without a key, unknown members included. */
class SettingsRoundTripPropertiesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll("settings") OAuthSettings settings, @ForAll boolean sealed) {
        SettingsCodec codec = codec(sealed);

        assertSame(codec.decode(codec.encode(settings), "here"), settings);
    }

    /** The law above compares what is written, and would not miss what is written never. */
    @Example
    void everyMemberOfADocumentIsWritten() {
        assertThat(SettingsJson.write(SettingsSamples.WHOLE).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "format",
                        "url",
                        "client_id",
                        "grant",
                        "lineage",
                        "generation",
                        "access_token",
                        "token_type",
                        "refresh_token",
                        "scope",
                        "obtained_at",
                        "expires_at",
                        "refresh_token_expires_at",
                        "pending",
                        "authorization_required",
                        "retry_at",
                        "retry_after",
                        "failures",
                        "seen_refresh_tokens",
                        "note");
    }

    @Example
    void aMemberThatIsNoneOfItsKindIsRefusedByItsName() {
        refuses("refresh_token", TextNode.valueOf(""));
        refuses("failures", IntNode.valueOf(-1));
        refuses("failures", TextNode.valueOf("2"));
        refuses("seen_refresh_tokens", TextNode.valueOf("0a"));
        refuses("seen_refresh_tokens", JsonNodeFactory.instance.arrayNode().add(1));
    }

    private static void refuses(String member, JsonNode value) {
        ObjectNode json = SettingsJson.write(SettingsSamples.WHOLE);
        json.set(member, value);
        assertThatThrownBy(() -> SettingsJson.read(json, SettingsOwner.person(URL, CLIENT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(member);
    }

    @Property(tries = 300)
    void aRewriteKeepsWhatThisVersionDoesNotKnow(@ForAll("settings") OAuthSettings settings) {
        SettingsCodec codec = codec(false);

        OAuthSettings read = codec.decode(codec.encode(settings), "here");
        OAuthSettings rewritten = codec.decode(codec.encode(read.withNextTokens(null)), "here");

        assertThat(rewritten.others()).isEqualTo(settings.others());
        assertThat(rewritten.generation()).isEqualTo(settings.generation() + 1);
    }

    @Property(tries = 200)
    void aKeyNeverLeavesATokenInTheBytes(@ForAll("settings") OAuthSettings settings) {
        String sealed = new String(codec(true).encode(settings), StandardCharsets.UTF_8);

        assertThat(sealed).doesNotContain("access_token", "refresh_token", "scope", "lineage");
    }

    @Property(tries = 200)
    void anotherAccountOrClientOrKeyIsRefused(
            @ForAll("settings") OAuthSettings settings, @ForAll boolean sealed, @ForAll boolean otherUrl) {
        byte[] bytes = codec(sealed).encode(settings);
        SettingsCodec other = SettingsCodec.of(
                otherUrl ? "https://other.zendesk.com" : URL,
                otherUrl ? CLIENT : "other",
                sealed ? SettingsSamples.KEY : null);

        assertThatThrownBy(() -> other.decode(bytes, "here"))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageStartingWith("here belongs to " + URL);
    }

    @Provide
    Arbitrary<OAuthSettings> settings() {
        return Combinators.combine(
                        unicode(),
                        Arbitraries.longs().between(0, Long.MAX_VALUE - 2),
                        tokens().injectNull(0.2),
                        pending().injectNull(0.5),
                        ended().injectNull(0.5),
                        backoffs().injectNull(0.5),
                        unicode().list().ofMaxSize(3),
                        others())
                .as((lineage, generation, tokens, pending, ended, backoff, seen, others) -> new OAuthSettings(
                        SettingsOwner.person(URL, CLIENT),
                        lineage,
                        generation,
                        tokens,
                        pending,
                        ended,
                        backoff,
                        seen,
                        others));
    }

    private static Arbitrary<TokenPair> tokens() {
        return Combinators.combine(
                        b64tokens().injectNull(0.2),
                        refreshTokens().injectNull(0.2),
                        unicode().injectNull(0.3),
                        instants(),
                        instants().injectNull(0.3),
                        instants().injectNull(0.3))
                .as(TokenPair::new)
                // Without either there is no pair to keep.
                .filter(pair -> pair.accessToken() != null || pair.refreshToken() != null);
    }

    private static Arbitrary<Secret> b64tokens() {
        StringArbitrary head = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-._~+/")
                .ofMinLength(1)
                .ofMaxLength(300);
        return Combinators.combine(head, Arbitraries.of("", "=", "==")).as((a, b) -> Secret.of(a + b));
    }

    /** As odd as an answer can make them. */
    private static Arbitrary<Secret> refreshTokens() {
        return unicode().filter(text -> !text.isEmpty()).map(Secret::of);
    }

    private static Arbitrary<PendingExchange> pending() {
        return Combinators.combine(
                        unicode(),
                        Arbitraries.longs().between(0, Long.MAX_VALUE - 1),
                        instants(),
                        unicode(),
                        Arbitraries.longs().map(Duration::ofNanos))
                .as(PendingExchange::new);
    }

    private static Arbitrary<Backoff> backoffs() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        instants(),
                        Arbitraries.longs().map(Duration::ofNanos))
                .as(Backoff::new);
    }

    private static Arbitrary<EndedGrant> ended() {
        return Combinators.combine(unicode(), unicode(), instants()).as(EndedGrant::new);
    }

    /** With and without nanoseconds: the text of an instant has no fixed length. */
    private static Arbitrary<Instant> instants() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(0, Duration.ofDays(365 * 300).toSeconds()),
                        Arbitraries.of(0, 1, 500_000_000, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    /** Whole characters, those beyond the first plane too: half of one is no Unicode. */
    private static Arbitrary<String> unicode() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(12)
                .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
    }

    private static Arbitrary<Map<String, JsonNode>> others() {
        Arbitrary<JsonNode> values = Arbitraries.of(
                        "null",
                        "true",
                        "12",
                        "-7",
                        "1.5",
                        "0.10",
                        "1e400",
                        "3.14159265358979323846264338327950288",
                        "123456789012345678901234567890",
                        "\"text\"",
                        "[1,[2,{}]]",
                        "{\"a\":{\"b\":[null]}}")
                .map(SettingsRoundTripPropertiesTest::json);
        return Arbitraries.maps(unicode().map(name -> "x-" + name), values).ofMaxSize(3);
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new AssertionError(e);
        }
    }
}
