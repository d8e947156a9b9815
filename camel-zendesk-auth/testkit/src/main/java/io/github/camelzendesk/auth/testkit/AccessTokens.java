package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Makes access tokens up, opaque ones and JWTs. Stateless. */
final class AccessTokens {
    private static final String HEADER = "{\"typ\":\"at+jwt\",\"alg\":\"RS256\"}";
    private static final int SIGNATURE_BYTES = 256;

    private AccessTokens() {}

    static String opaque() {
        return IssuedSecrets.issue("zat_");
    }

    /** A JWT as RFC 9068 has it, whose signature verifies nowhere: only Zendesk itself would check it. */
    static String jwt(RegisteredClient client, String scope, Instant issuedAt, @Nullable Instant expiresAt) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("client_id", client.identifier());
        claims.put("scope", scope);
        claims.put("iat", issuedAt.getEpochSecond());
        if (expiresAt != null) {
            claims.put("exp", expiresAt.getEpochSecond());
        }
        return IssuedSecrets.register(
                part(HEADER) + "." + part(Json.write(claims)) + "." + part(IssuedSecrets.random(SIGNATURE_BYTES)));
    }

    private static String part(String json) {
        return part(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
