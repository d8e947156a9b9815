package io.github.camelzendesk.auth.oauth.internal.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

import io.github.camelzendesk.auth.AnyJson;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** R15: whatever the server answers, nothing is thrown and nothing absurd gets in. */
class TokenResponseParserPropertiesTest {
    private static final Duration TEN_YEARS = Duration.ofDays(3653);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String GOOD = "{\"access_token\":\"abc.def-1==\",\"token_type\":\"bearer\",\"refresh_token\":"
            + "\"r-1\",\"scope\":\"read write\",\"expires_in\":1800,\"refresh_token_expires_in\":2592000,"
            + "\"error\":\"invalid_grant\",\"error_description\":\"no\",\"token\":{\"expires_at\":"
            + "\"2026-11-24T10:00:00Z\"},\"user\":{\"id\":7,\"role\":\"agent\",\"email\":\"a@b.c\"}}";

    @Example
    void whatAGoodAnswerSaysOfATokenAndItsUserIsReadAndWhatIsMissingIsNotMadeUp() {
        byte[] good = GOOD.getBytes(StandardCharsets.US_ASCII);
        byte[] nobody = "{\"user\":{\"id\":null,\"role\":\"end-user\"},\"token\":{\"expires_at\":7},\"error\":7}"
                .getBytes(StandardCharsets.US_ASCII);

        assertThat(TokenResponseParser.identity(good))
                .isEqualTo(Map.of("userId", 7L, "role", "agent", "email", "a@b.c"));
        assertThat(TokenResponseParser.identity(nobody)).isEmpty();
        assertThat(TokenResponseParser.knowledge(good).lifespan().end()).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(TokenResponseParser.knowledge(nobody)).isEqualTo(AuthorizationServer.TokenKnowledge.NONE);
        assertThat(TokenResponseParser.refusal(good).orElseThrow().description())
                .isEqualTo("no");
        assertThat(TokenResponseParser.refusal(nobody)).isEmpty();
    }

    @Example
    void onlyTheErrorOfABearerTokenSaysThatItIsInvalid() {
        assertThat(BearerError.isInvalidToken("{\"error\":\"invalid_token\"}".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(BearerError.isInvalidToken(GOOD.getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(BearerError.isInvalidToken("{\"error\":{}}".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Property(tries = 500)
    void anyBytesAreSurvived(@ForAll @Size(max = 300) byte[] body) {
        holdsEveryLaw(body);
    }

    @Property(tries = 500)
    void anyAnswerIsSurvived(@ForAll("answers") String answer) {
        holdsEveryLaw(answer.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void anyMutationOfAGoodAnswerIsSurvived(@ForAll @IntRange(max = 400) int at, @ForAll byte value) {
        byte[] body = GOOD.getBytes(StandardCharsets.US_ASCII);
        body[at % body.length] = value;
        holdsEveryLaw(body);
    }

    @Property(tries = 500)
    void anAccessTokenSplitsNoHeaderOrThereIsNone(@ForAll("texts") String token) {
        success("{\"access_token\":" + AnyJson.quoted(token) + "}");
    }

    @Property(tries = 500)
    void anyTextIsARefreshTokenAndSaidToBeOddWhenItIs(@ForAll("texts") String token) {
        TokenResponse response = withRefreshToken(AnyJson.quoted(token));

        Secret kept = response.refreshToken();
        String expected = new String(token.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(kept == null ? "" : kept.reveal()).isEqualTo(expected);
        assertThat(response.oddRefreshToken()).isEqualTo(!token.matches("[\\x21-\\x7e]*"));
    }

    @Property(tries = 500)
    void aRefreshTokenThatIsThereIsNeverTakenForAMissingOne(@ForAll("values") String value) {
        if (success("{\"access_token\":\"a\",\"refresh_token\":" + value + "}")
                instanceof TokenRequestOutcome.Granted granted) {
            boolean missing = value.equals("null") || value.equals("\"\"");
            assertThat(granted.response().refreshToken() == null).isEqualTo(missing);
        }
    }

    @Example
    void aNumberIsKeptByItsDigits() {
        TokenResponse response = withRefreshToken("12345678901234567890123");

        assertThat(Objects.requireNonNull(response.refreshToken()).reveal()).isEqualTo("12345678901234567890123");
        assertThat(response.oddRefreshToken()).isTrue();
    }

    @Property(tries = 500)
    void aLifetimeIsPlausibleOrUnknown(@ForAll("values") String lifetime) {
        success("{\"access_token\":\"a\",\"expires_in\":" + lifetime + ",\"refresh_token_expires_in\":" + lifetime
                + "}");
    }

    @Property(tries = 500)
    void anExpiryOfAJwtIsAnInstantThatCanBeReckonedWith(@ForAll("jwts") String jwt) {
        assertReckonable(TokenResponseParser.jwtLifespan(Secret.of(jwt)));
    }

    @Property(tries = 300)
    void aDescriptionIsOneBoundedLine(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 50) int times) {
        String quoted = AnyJson.quoted(text.repeat(times));
        holdsEveryLaw(("{\"error\":" + quoted + ",\"error_description\":" + quoted + ",\"user\":{\"id\":1,\"role\":"
                        + quoted + ",\"email\":" + quoted + "}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void everyTruncationAndNoDepthIsTooMuch() {
        for (int length = 0; length < GOOD.length(); length++) {
            holdsEveryLaw(GOOD.substring(0, length).getBytes(StandardCharsets.US_ASCII));
        }
        for (int depth : new int[] {999, 1000, 1001, 30_000}) {
            holdsEveryLaw(AnyJson.nested(depth).getBytes(StandardCharsets.US_ASCII));
            holdsEveryLaw("{\"scope\":".repeat(depth).getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Example
    void aScopeOfAllThatZendeskOffersIsKeptWhole() {
        String scope = "tickets:read users:write ".repeat(40).trim();

        TokenRequestOutcome.Granted granted =
                (TokenRequestOutcome.Granted) success("{\"access_token\":\"a\",\"scope\":\"" + scope + "\"}");

        assertThat(granted.response().scope()).isEqualTo(scope);
        TokenRequestOutcome.Granted listed =
                (TokenRequestOutcome.Granted) success("{\"access_token\":\"a\",\"scope\":[\"read\",null,\"write\"]}");
        assertThat(listed.response().scope()).isEqualTo("read write");
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.oneOf(
                AnyJson.value(),
                AnyJson.objectOf(
                        "access_token",
                        "token_type",
                        "refresh_token",
                        "scope",
                        "expires_in",
                        "refresh_token_expires_in",
                        "error",
                        "error_description",
                        "token",
                        "user"),
                AnyJson.objectOf("expires_at").map(token -> "{\"token\":" + token + "}"),
                AnyJson.objectOf("id", "role", "email").map(user -> "{\"user\":" + user + "}"));
    }

    @Provide
    Arbitrary<String> values() {
        return AnyJson.value();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> jwts() {
        Arbitrary<String> claims = AnyJson.objectOf("exp");
        Arbitrary<String> far = Arbitraries.longs().map(exp -> "{\"exp\":" + exp + "}");
        return Arbitraries.oneOf(claims, far)
                .map(json -> "e30."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8))
                        + ".sig");
    }

    private static void holdsEveryLaw(byte[] body) {
        success(body);
        TokenResponseParser.refusal(body).ifPresent(rejected -> {
            assertPrintable(rejected.error());
            assertPrintable(rejected.description());
        });
        assertReckonable(TokenResponseParser.knowledge(body).lifespan());
        TokenResponseParser.identity(body).values().forEach(value -> assertPrintable(value.toString()));
        TokenResponseParser.jwtLifespan(Secret.of(new String(body, StandardCharsets.ISO_8859_1)));
    }

    /** Whatever a foreign clock says, the tokens end at an instant that timers can count to, or at an unknown one. */
    private static void assertReckonable(Lifespan lifespan) {
        if (lifespan != null) {
            for (Instant end : new Instant[] {lifespan.end(), lifespan.countedFrom(EngineFixture.START)}) {
                Instant kept = new TokenPair(Secret.of("a"), null, null, EngineFixture.START, end, null).expiresAt();
                assertThat(kept == null || !kept.isBefore(Instant.EPOCH) && !kept.isAfter(LATEST))
                        .isTrue();
            }
        }
    }

    private static TokenResponse withRefreshToken(String json) {
        return ((TokenRequestOutcome.Granted) success("{\"access_token\":\"a\",\"refresh_token\":" + json + "}"))
                .response();
    }

    private static TokenRequestOutcome success(String body) {
        return success(body.getBytes(StandardCharsets.UTF_8));
    }

    private static TokenRequestOutcome success(byte[] body) {
        TokenRequestOutcome outcome = TokenResponseParser.success(body);
        if (outcome instanceof TokenRequestOutcome.Granted granted) {
            assertPlausible(granted.response());
        } else {
            assertThat(((TokenRequestOutcome.Unparsed) outcome).why())
                    .isIn("it is not a JSON object", "its token_type is not bearer", "it holds no usable access_token");
        }
        return outcome;
    }

    /** By matches, not by contents: a failure must not print a token. */
    private static void assertPlausible(TokenResponse response) {
        assertThat(response.accessToken().reveal().matches("[A-Za-z0-9\\-._~+/]+=*"))
                .isTrue();
        Secret refreshToken = response.refreshToken();
        assertThat(refreshToken != null && refreshToken.reveal().isEmpty()).isFalse();
        assertThat(response.scope() == null || response.scope().matches("[\\x20-\\x7e]*"))
                .isTrue();
        assertLifetime(response.expiresIn());
        assertLifetime(response.refreshExpiresIn());
    }

    private static void assertLifetime(Duration lifetime) {
        if (lifetime != null) {
            assertThat(lifetime).isPositive().isLessThanOrEqualTo(TEN_YEARS);
        }
    }

    private static void assertPrintable(String text) {
        assertThat(text == null || text.matches("[\\x20-\\x7e]{0,200}")).isTrue();
    }
}
