package io.github.camelzendesk.examples.jbang;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The command of the README, with the stand-in for Zendesk in place of an account. */
@ExtendWith(ZendeskExtension.class)
class CamelRunTest {
    // The first time it fetches Camel.
    private static final int MOST_MINUTES = 5;
    private static final Path OUTPUT = Path.of("target", "camel-run.log");

    @Test
    void aRouteFileCallsZendeskWithTheComponentThatTheCliFetched(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("nightly-export");

        int exit = camelRun(Map.of(
                "ZENDESK_URL", zendesk.url(),
                "ZENDESK_OAUTH_CLIENT_ID", client.identifier(),
                "ZENDESK_OAUTH_CLIENT_SECRET", client.secret()));

        assertThat(OUTPUT).content().contains("Tickets came with status 200").doesNotContain(IssuedSecrets.all());
        assertThat(exit).isZero();
        assertThat(zendesk.apiRequests())
                .isNotEmpty()
                .allSatisfy(seen -> assertThat(seen.header("Authorization")).startsWith("Bearer "))
                .extracting(ApiRequestSeen::status)
                .containsOnly(200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private static int camelRun(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.home=" + System.getProperty("user.home"),
                        "-Dmaven.repo.local=" + Path.of("target", "repository").toAbsolutePath(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CamelCli.class.getName(),
                        "run",
                        "tickets.camel.yaml",
                        "application.properties",
                        "--dep=" + System.getProperty("component"),
                        // A cold start on a machine that builds at the same time is slow.
                        "--property=camel.component.zendesk-auth.joinTimeout=30s",
                        "--max-messages=1"))
                .redirectErrorStream(true)
                .redirectOutput(OUTPUT.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as("camel run has ended: see %s", OUTPUT)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }
}
