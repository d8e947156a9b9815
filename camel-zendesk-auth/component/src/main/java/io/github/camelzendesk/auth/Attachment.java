package io.github.camelzendesk.auth;

import java.util.Map;

import org.apache.camel.Message;

import io.github.camelzendesk.auth.oauth.Authorization;

/** The headers that a connection puts on a message, and takes off again. Immutable and safe for use by several threads. */
final class Attachment {
    private final Map<String, String> fixed;

    Attachment(ZendeskAuthConfiguration options) {
        this.fixed = FixedHeaders.of(options);
    }

    /** What a stranger sent must not reach Zendesk as ours. */
    static void removeForeign(Message message) {
        message.removeHeader(ZendeskAuthConstants.AUTHORIZATION);
        message.removeHeader(ZendeskAuthConstants.X_ON_BEHALF_OF);
    }

    /** Everything that may have been attached, so that no later endpoint sees it. */
    static void remove(Message message) {
        message.removeHeader(ZendeskAuthConstants.AUTHORIZATION);
        FixedHeaders.NAMES.forEach(message::removeHeader);
    }

    void attach(Message message, Authorization authorization) {
        if (!fixed.isEmpty()) {
            fixed.forEach(message::setHeader);
        }
        String onBehalfOf = message.getHeader(ZendeskAuthConstants.ON_BEHALF_OF, String.class);
        if (onBehalfOf != null) {
            message.setHeader(ZendeskAuthConstants.X_ON_BEHALF_OF, FixedHeaders.oneLine(onBehalfOf));
        }
        message.setHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue());
    }
}
