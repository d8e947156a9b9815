package io.github.camelzendesk.auth;

import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Message;

import io.github.camelzendesk.auth.oauth.Authorization;

/**
 * The headers that a connection puts on a message, and takes off again. Immutable and safe for use by several threads.
 */
final class Attachment {
    private static final String[] FOREIGN = FixedHeaders.FOREIGN.toArray(String[]::new);
    private static final String[] ALL = Stream.concat(
                    Stream.of(ZendeskAuthConstants.AUTHORIZATION), FixedHeaders.NAMES.stream())
            .toArray(String[]::new);

    private final Map<String, String> fixed;
    private final MessageInput input;
    /** Whether a message keeps {@code authorization} beside {@code Authorization}: HTTP takes them for one header. */
    private final boolean caseSensitive;

    Attachment(ZendeskAuthEndpoint endpoint) {
        fixed = FixedHeaders.of(endpoint.getConfiguration());
        input = new MessageInput(endpoint.getConfiguration());
        caseSensitive = !endpoint.getCamelContext()
                .getCamelContextExtension()
                .getHeadersMapFactory()
                .isCaseInsensitive();
    }

    /** What a stranger sent must not reach Zendesk as ours. */
    void removeForeign(Message message) {
        remove(message, FOREIGN);
    }

    /** Everything that may have been attached, so that no later endpoint sees it. */
    void remove(Message message) {
        remove(message, ALL);
    }

    void attach(Message message, Authorization authorization) {
        if (!fixed.isEmpty()) {
            fixed.forEach((name, value) -> replace(message, name, value));
        }
        String onBehalfOf = input.header(message, ZendeskAuthConstants.ON_BEHALF_OF);
        if (onBehalfOf != null) {
            replace(message, ZendeskAuthConstants.X_ON_BEHALF_OF, FixedHeaders.oneLine(onBehalfOf));
        }
        message.setHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue());
    }

    private void replace(Message message, String name, String value) {
        remove(message, name);
        message.setHeader(name, value);
    }

    private void remove(Message message, String... names) {
        if (caseSensitive && message.hasHeaders()) {
            message.getHeaders().keySet().removeIf(header -> isOneOf(names, header));
            return;
        }
        for (String name : names) {
            message.removeHeader(name);
        }
    }

    private static boolean isOneOf(String[] names, String header) {
        for (String name : names) {
            if (name.equalsIgnoreCase(header)) {
                return true;
            }
        }
        return false;
    }
}
