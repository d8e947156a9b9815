package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;
import io.github.camelzendesk.auth.settings.internal.TokenGrammar;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads what Zendesk answers about tokens, lenient in all but what would corrupt state. Stateless. Nothing here throws,
 * and nothing here quotes a body.
 */
public final class TokenResponseParser {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build());
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long MOST_SECONDS = Duration.ofDays(3653).toSeconds();

    private TokenResponseParser() {}

    static JsonNode json(byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** A 2xx answer of the token endpoint (RFC 6749 section 5.1). */
    public static TokenRequestOutcome success(byte[] body) {
        JsonNode json = json(body);
        if (!json.isObject()) {
            return new TokenRequestOutcome.Unparsed(body, "it is not a JSON object");
        }
        String type = json.path("token_type").asText("bearer");
        if (!type.equalsIgnoreCase("bearer")) {
            return new TokenRequestOutcome.Unparsed(body, "its token_type is not bearer");
        }
        JsonNode accessToken = json.path("access_token");
        if (!accessToken.isTextual() || !TokenGrammar.isAccessToken(accessToken.asText())) {
            return new TokenRequestOutcome.Unparsed(body, "it holds no usable access_token");
        }
        return new TokenRequestOutcome.Granted(granted(json, Secret.of(accessToken.asText())));
    }

    private static TokenResponse granted(JsonNode json, Secret accessToken) {
        JsonNode refreshToken = json.path("refresh_token");
        boolean asSpecified = refreshToken.isTextual() && TokenGrammar.isRefreshToken(refreshToken.asText());
        Secret kept = refreshToken(refreshToken);
        return new TokenResponse(
                accessToken,
                kept,
                scope(json.path("scope")),
                seconds(json.path("expires_in")),
                seconds(json.path("refresh_token_expires_in")),
                kept != null && !asSpecified);
    }

    /** A refusal of an access token by the API (RFC 6750 section 3.1). */
    static boolean isInvalidToken(byte[] body) {
        JsonNode error = json(body).path("error");
        return error.isTextual() && error.asText().equals("invalid_token");
    }

    /** A refusal of the token endpoint (RFC 6749 section 5.2); empty when the body is none. */
    static Optional<TokenRequestOutcome.Rejected> refusal(byte[] body) {
        JsonNode error = json(body).path("error");
        if (!error.isTextual() || error.asText().isBlank()) {
            return Optional.empty();
        }
        JsonNode description = json(body).path("error_description");
        return Optional.of(new TokenRequestOutcome.Rejected(
                LogSafeText.oneLine(error.asText()),
                description.isTextual() ? LogSafeText.oneLine(description.asText()) : null));
    }

    /** The body of {@code tokens/current.json}. */
    static AuthorizationServer.TokenKnowledge knowledge(byte[] body) {
        JsonNode token = json(body).path("token");
        Instant end = instant(token.path("expires_at"));
        return end == null
                ? AuthorizationServer.TokenKnowledge.NONE
                : new AuthorizationServer.TokenKnowledge(false, new Lifespan(instant(token.path("created_at")), end));
    }

    /** The body of {@code users/me.json}; Zendesk answers 200 with a null id to nobody. */
    static Map<String, Object> identity(byte[] body) {
        JsonNode user = json(body).path("user");
        Map<String, Object> identity = new LinkedHashMap<>();
        if (user.path("id").canConvertToLong()) {
            identity.put("userId", user.path("id").longValue());
            identity.put("role", LogSafeText.oneLine(user.path("role").asText("")));
            identity.put("email", LogSafeText.oneLine(user.path("email").asText("")));
        }
        return identity;
    }

    /** {@code iat} and {@code exp} of a JWT (RFC 7519 section 4.1); null for every other token. */
    public static @Nullable Lifespan jwtLifespan(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode claims = json(Base64.getUrlDecoder().decode(parts[1]));
            Instant end = numericDate(claims.path("exp"));
            return end == null ? null : new Lifespan(numericDate(claims.path("iat")), end);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant numericDate(JsonNode value) {
        try {
            return value.isNumber() && value.canConvertToLong() ? Instant.ofEpochSecond(value.longValue()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Keeps any value: the token before is used up, and a form can carry any text. Half of a surrogate pair becomes a
     * question mark, as a form would send it, because the settings cannot hold it.
     */
    private static @Nullable Secret refreshToken(JsonNode value) {
        String text = value.isContainerNode() ? value.toString() : value.asText();
        boolean missing = value.isNull() || text.isEmpty();
        return missing ? null : Secret.of(new String(text.getBytes(UTF_8), UTF_8));
    }

    private static @Nullable String scope(JsonNode scope) {
        if (scope.isArray()) {
            List<String> values = new ArrayList<>();
            scope.forEach(value -> {
                if (value.isTextual()) {
                    values.add(LogSafeText.printable(value.asText()));
                }
            });
            return String.join(" ", values);
        }
        // Whole: all scopes that Zendesk knows are longer than a line of the log.
        return scope.isTextual() ? LogSafeText.printable(scope.asText()) : null;
    }

    private static @Nullable Duration seconds(JsonNode value) {
        long seconds = 0;
        if (value.isNumber() && value.canConvertToLong()) {
            seconds = value.longValue();
        } else if (value.isTextual() && WHOLE_NUMBER.matcher(value.asText()).matches()) {
            seconds = Long.parseLong(value.asText());
        }
        return seconds > 0 && seconds <= MOST_SECONDS ? Duration.ofSeconds(seconds) : null;
    }

    private static @Nullable Instant instant(JsonNode value) {
        try {
            return value.isTextual() ? Instant.parse(value.asText()) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
