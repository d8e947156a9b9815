package io.github.camelzendesk.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.apache.camel.util.URISupport;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * The URI of an endpoint with a mark in place of each secret, for all who print it. Stateless.
 *
 * <p>Two secrets have two marks, because Camel tells endpoints apart by their URI; the marks mean nothing outside of this
 * JVM.
 */
final class MaskedUri {
    private static final Set<String> SECRETS = Set.of(
            "user",
            "password",
            "apitoken",
            "oauthclientsecret",
            "oauthaccesstoken",
            "oauthrefreshtoken",
            "oauthsettingssecretkey",
            "oauthverifier",
            "pkceverifier");
    /** Those of them that Camel does not mask by itself. */
    static final String KEYWORDS = "oauthVerifier,pkceVerifier,oauthSettingsSecretKey";

    private static final String SALT = UUID.randomUUID().toString();
    private static final int MARK_LENGTH = 8;

    private MaskedUri() {}

    static String of(String scheme, String connection, Map<String, Object> parameters) {
        Map<String, Object> masked = new TreeMap<>(parameters);
        masked.replaceAll((name, value) -> SECRETS.contains(name.toLowerCase(Locale.ROOT)) ? mark(value) : value);
        String query = URISupport.createQueryString(masked);
        return scheme + "://" + connection + (query.isEmpty() ? "" : "?" + query);
    }

    /** A URI as it was written, with Camel's marks in the place of its secrets. */
    static String sanitized(String uri) {
        URISupport.addSanitizeKeywords(KEYWORDS);
        return URISupport.sanitizeUri(uri);
    }

    private static String mark(Object value) {
        return "xxxxxx-" + Secret.of(SALT + value).fingerprint().substring(0, MARK_LENGTH);
    }
}
