package io.github.camelzendesk.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Message;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** The headers that a connection puts on a message, and takes off again. Immutable and safe for use by several threads. */
final class Attachment {
    private static final String MARKETPLACE = "X-Zendesk-Marketplace-";
    private static final List<String> ALL = List.of(
            ZendeskAuthConstants.AUTHORIZATION,
            ZendeskAuthConstants.X_ON_BEHALF_OF,
            MARKETPLACE + "Name",
            MARKETPLACE + "Organization-Id",
            MARKETPLACE + "App-Id",
            MARKETPLACE + "Bot-Id");

    private final Map<String, String> fixed = new LinkedHashMap<>();

    Attachment(ZendeskAuthConfiguration options) {
        fix(ZendeskAuthConstants.X_ON_BEHALF_OF, options.getOnBehalfOf());
        fix(MARKETPLACE + "Name", options.getMarketplaceName());
        fix(MARKETPLACE + "Organization-Id", options.getMarketplaceOrganizationId());
        fix(MARKETPLACE + "App-Id", options.getMarketplaceAppId());
        fix(MARKETPLACE + "Bot-Id", options.getMarketplaceBotId());
    }

    /** What a stranger sent must not reach Zendesk as ours. */
    static void removeForeign(Message message) {
        message.removeHeader(ZendeskAuthConstants.AUTHORIZATION);
        message.removeHeader(ZendeskAuthConstants.X_ON_BEHALF_OF);
    }

    /** Everything that may have been attached, so that no later endpoint sees it. */
    static void remove(Message message) {
        ALL.forEach(message::removeHeader);
    }

    void attach(Message message, Authorization authorization) {
        if (!fixed.isEmpty()) {
            fixed.forEach(message::setHeader);
        }
        String onBehalfOf = message.getHeader(ZendeskAuthConstants.ON_BEHALF_OF, String.class);
        if (onBehalfOf != null) {
            message.setHeader(ZendeskAuthConstants.X_ON_BEHALF_OF, oneLine(onBehalfOf));
        }
        message.setHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue());
    }

    private void fix(String header, String value) {
        if (value != null) {
            fixed.put(header, oneLine(value));
        }
    }

    private static String oneLine(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationRefused("onBehalfOf and the marketplace options must be one line without control"
                    + " characters: they become request headers.");
        }
        return value;
    }
}
