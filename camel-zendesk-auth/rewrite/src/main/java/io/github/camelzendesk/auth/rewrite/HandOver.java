package io.github.camelzendesk.auth.rewrite;

import java.util.Locale;

/** How a connection's token gets to a call. */
sealed interface HandOver {
    Connection connection();

    /** camel-http takes it from a bean, a {@code ZendeskHttpClientConfigurer}, with the connection's name. */
    record Configurer(Connection connection) implements HandOver {
        static final String OPTION = "httpClientConfigurer";
        static final String TYPE = "io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer";

        String parameter() {
            return OPTION + "=" + reference();
        }

        String reference() {
            return "#" + connection.name();
        }
    }

    /** camel-zendesk takes it from a client, and needs a component for each of its methods. */
    record Client(Connection connection, String method) implements HandOver {
        String component() {
            return ("zendesk-" + connection.name() + "-" + method.replaceAll("([A-Z])", "-$1"))
                    .toLowerCase(Locale.ROOT);
        }

        /** Its constant in the enumeration {@code ZendeskApiMethod}. */
        String constant() {
            return method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
        }
    }

    /** The endpoint is one of zendesk-auth itself. */
    record None(Connection connection) implements HandOver {}
}
