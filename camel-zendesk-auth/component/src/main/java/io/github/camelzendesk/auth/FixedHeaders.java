package io.github.camelzendesk.auth;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** The request headers that an endpoint's options ask for beside the authorization. Stateless. */
final class FixedHeaders {
    private FixedHeaders() {}

    static Map<String, String> of(ZendeskAuthConfiguration options) {
        Map<String, String> headers = new LinkedHashMap<>();
        put(headers, ZendeskAuthConstants.X_ON_BEHALF_OF, options.getOnBehalfOf());
        put(headers, "X-Zendesk-Marketplace-Name", options.getMarketplaceName());
        put(headers, "X-Zendesk-Marketplace-Organization-Id", options.getMarketplaceOrganizationId());
        put(headers, "X-Zendesk-Marketplace-App-Id", options.getMarketplaceAppId());
        put(headers, "X-Zendesk-Marketplace-Bot-Id", options.getMarketplaceBotId());
        return headers;
    }

    static String oneLine(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationRefused("onBehalfOf and the marketplace options must be one line without control"
                    + " characters: they become request headers.");
        }
        return value;
    }

    private static void put(Map<String, String> headers, String header, String value) {
        if (value != null) {
            headers.put(header, oneLine(value));
        }
    }
}
