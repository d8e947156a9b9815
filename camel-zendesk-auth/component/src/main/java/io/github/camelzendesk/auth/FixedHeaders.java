package io.github.camelzendesk.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** The request headers that an endpoint's options ask for beside the authorization. Stateless. */
public final class FixedHeaders {
    private static final String MARKETPLACE = "X-Zendesk-Marketplace-";
    /** All that may be asked for. */
    static final List<String> NAMES = List.of(
            ZendeskAuthConstants.X_ON_BEHALF_OF,
            MARKETPLACE + "Name",
            MARKETPLACE + "Organization-Id",
            MARKETPLACE + "App-Id",
            MARKETPLACE + "Bot-Id");
    /** The headers that are removed from a message: they would choose the user or the session of the call. */
    static final List<String> FOREIGN = Stream.concat(
                    Stream.of(ZendeskAuthConstants.AUTHORIZATION, "Cookie"), NAMES.stream())
            .toList();

    private FixedHeaders() {}

    /**
     * The headers by name, empty when none are asked for.
     *
     * @throws ConfigurationRefused when a value is blank or not one line
     */
    public static Map<String, String> of(ZendeskAuthConfiguration options) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, ZendeskAuthConstants.X_ON_BEHALF_OF, options.getOnBehalfOf());
        put(headers, MARKETPLACE + "Name", options.getMarketplaceName());
        put(headers, MARKETPLACE + "Organization-Id", options.getMarketplaceOrganizationId());
        put(headers, MARKETPLACE + "App-Id", options.getMarketplaceAppId());
        put(headers, MARKETPLACE + "Bot-Id", options.getMarketplaceBotId());
        return headers;
    }

    static String oneLine(String value) {
        // Blank is refused too: a person who is nobody must not become the agent.
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationRefused("onBehalfOf and the marketplace options must be one line without control"
                    + " characters, and not blank: they become request headers. Leave out those without a value.");
        }
        return value;
    }

    private static void put(Map<String, String> headers, String header, String value) {
        if (value != null) {
            headers.put(header, oneLine(value));
        }
    }
}
