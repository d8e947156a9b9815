package io.github.camelzendesk.auth.testkit;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Options of the component in the spelling of Camel's properties, {@code oauth-client-id}, for an application that runs on
 * a real account or on the stand-in. Stateless.
 */
public final class ZendeskOptions {
    private static final String PREFIX = "ZENDESK_";

    private ZendeskOptions() {}

    /** Those that variables give: {@code ZENDESK_OAUTH_CLIENT_ID} is {@code oauth-client-id}; a blank one gives nothing. */
    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> options = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isBlank()) {
                options.put(
                        name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-'), value);
            }
        });
        return options;
    }

    /** Those of a service that nobody logs in for: a new client's credentials (RFC 6749 4.4), and settings in memory. */
    public static Map<String, String> ofService(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("nightly-export");
        return Map.of(
                "url", zendesk.url(),
                "auth-scheme", "OAuthClient",
                "oauth-client-id", client.identifier(),
                "oauth-client-secret", client.secret(),
                "oauth-settings-location", "memory:" + UUID.randomUUID());
    }
}
