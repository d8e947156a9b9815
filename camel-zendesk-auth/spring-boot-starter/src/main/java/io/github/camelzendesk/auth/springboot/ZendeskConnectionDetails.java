package io.github.camelzendesk.auth.springboot;

import java.util.Map;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * A connection's options from a bean, in the place of its properties: in a test that calls the stand-in, for example.
 * Thread-safe, if it is implemented so.
 *
 * <p>What is not among them is taken from the component, as usual.
 */
public interface ZendeskConnectionDetails extends ConnectionDetails {
    /** The name of the connection. Its beans are made only where a property configures it too. */
    String connection();

    /** Values by the names of options, in any spelling. */
    Map<String, String> options();

    /** Those of one connection. */
    static ZendeskConnectionDetails of(String connection, Map<String, String> options) {
        return new ZendeskConnectionDetails() {
            @Override
            public String connection() {
                return connection;
            }

            @Override
            public Map<String, String> options() {
                return options;
            }
        };
    }
}
