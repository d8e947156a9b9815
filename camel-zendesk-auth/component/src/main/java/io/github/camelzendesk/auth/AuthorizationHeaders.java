package io.github.camelzendesk.auth;

import java.util.Map;

import org.apache.camel.Message;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

/**
 * The headers that a connection puts on a message, and takes off again. Immutable and thread-safe.
 */
final class AuthorizationHeaders {
    private final Map<String, String> fixed;
    private final MessageInput input;

    AuthorizationHeaders(ZendeskAuthConfiguration options) {
        fixed = ConfiguredHeaders.of(options.toOptions());
        input = new MessageInput(options);
    }

    /** A header from outside must not reach Zendesk as ours, and an attached header no later endpoint. */
    void remove(Message message) {
        if (message.hasHeaders() && holdForeign(message.getHeaders())) {
            removeForeign(message.getHeaders());
        }
    }

    /** A loop, as each exchange comes here. */
    private static boolean holdForeign(Map<String, Object> headers) {
        for (String name : headers.keySet()) {
            if (ConfiguredHeaders.isForeign(name)) {
                return true;
            }
        }
        return false;
    }

    /** Not while it looks at the names: the headers of Camel 4.22 become another map at the first removal. */
    private static void removeForeign(Map<String, Object> headers) {
        headers.keySet().stream().filter(ConfiguredHeaders::isForeign).toList().forEach(headers::remove);
    }

    void attach(Message message, Authorization authorization) {
        fixed.forEach(message::setHeader);
        String onBehalfOf = input.header(message, ZendeskAuthConstants.ON_BEHALF_OF);
        if (onBehalfOf != null) {
            message.setHeader(ZendeskAuthConstants.X_ON_BEHALF_OF, ConfiguredHeaders.oneLine(onBehalfOf));
        }
        message.setHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue());
    }
}
