package io.github.camelzendesk.auth.routes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application with Camel, and with nothing that the component can do without. */
@ExtendWith(ZendeskExtension.class)
class OptionalLibrariesTest {
    @Test
    void aCallIsAuthenticatedWithoutHealthConsoleManagementAndMicrometer(ZendeskServer zendesk) throws Exception {
        String user = "agent@example.com";
        String uri = "zendesk-auth:acme?url=" + zendesk.url() + "&user=" + user + "&apiToken=" + zendesk.apiToken(user);
        try (URLClassLoader bare = bare()) {
            assertThatThrownBy(() -> bare.loadClass("io.micrometer.core.instrument.MeterRegistry"))
                    .isInstanceOf(ClassNotFoundException.class);
            assertThatThrownBy(() -> bare.loadClass("org.apache.camel.impl.health.AbstractHealthCheck"))
                    .isInstanceOf(ClassNotFoundException.class);

            assertThat(call(bare, uri)).startsWith("Basic ");
        }
    }

    private static String call(ClassLoader loader, String uri) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return (String) loader.loadClass(BareCall.class.getName())
                    .getMethod("authorization", String.class)
                    .invoke(null, uri);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URLClassLoader bare() throws IOException {
        URL[] urls = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(camel-health|camel-console|camel-management-4|micrometer).*"))
                .map(OptionalLibrariesTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
