package io.github.camelzendesk.auth.springboot;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

/** Real applications with properties of a test's own. */
final class Boot {
    private static final String PREFIX = "camel.component.zendesk-auth.";

    private Boot() {}

    static ConfigurableApplicationContext start(Map<String, String> properties, Class<?>... sources) {
        return application(sources).run(arguments(properties));
    }

    static SpringApplicationBuilder application(Class<?>... sources) {
        return new SpringApplicationBuilder(sources).web(WebApplicationType.NONE);
    }

    static String[] arguments(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("logging.level.io.github.camelzendesk", "debug");
        all.put("logging.file.name", TestLog.FILE.toString());
        all.put("spring.main.banner-mode", "off");
        all.put("camel.main.shutdown-timeout", "5");
        // It takes time at each start, and nothing here looks at it.
        all.put("camel.main.jmx-enabled", "false");
        return all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
    }

    /** Properties of a connection that gets its tokens by client credentials, of a client of its own. */
    static Map<String, String> service(ZendeskServer zendesk, String connection) {
        RegisteredClient client = zendesk.confidentialClient("service-of-" + connection);
        return prefixed(
                connection,
                Map.of(
                        "url", zendesk.url(),
                        "auth-scheme", "OAuthClient",
                        "oauth-client-id", client.identifier(),
                        "oauth-client-secret", client.secret(),
                        "oauth-settings-location", "memory:" + UUID.randomUUID()));
    }

    static Map<String, String> prefixed(String connection, Map<String, String> options) {
        Map<String, String> properties = new HashMap<>();
        options.forEach((option, value) -> properties.put(PREFIX + "connections[" + connection + "]." + option, value));
        return properties;
    }
}
