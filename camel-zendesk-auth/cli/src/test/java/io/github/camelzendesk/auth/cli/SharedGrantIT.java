package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application of Camel, curl behind the proxy, a Python script with a file, and a client of git's protocol, on one grant
 * whose tokens die after two seconds. For a minute in the profile soak.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(ZendeskExtension.class)
class SharedGrantIT {
    private static final int SECONDS = Integer.getInteger("shared.seconds", 4);
    private static final Path SCRIPTS = Path.of("src/test/scripts").toAbsolutePath();
    private static final String CALL = "/api/v2/users/me.json";

    @TempDir
    Path home;

    @TempDir
    Path proxy;

    @Test
    void noCallFailsAndNoRefreshTokenIsPresentedTwice(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("shared", Shell.callback());
        Path settings = home.resolve("acme.json");
        Shell shell = new Shell(home).loggedIn(zendesk, client, settings);
        zendesk.accessTokenLifetime(Duration.ofSeconds(2));
        assertThat(shell.run("refresh").exit()).isZero();
        Launcher command = new Launcher(home).grant(zendesk, client, settings);
        String url = zendesk.url() + CALL;

        List<Process> programs = new ArrayList<>();
        programs.add(command.start(
                "zendesk-auth exec --keep -- python3 " + SCRIPTS.resolve("kept.py") + " " + url + " " + SECONDS));
        programs.add(command.script(
                SCRIPTS.resolve("helper.sh"), url, URI.create(zendesk.url()).getAuthority(), "" + SECONDS));
        programs.add(command.script(SCRIPTS.resolve("proxied.sh"), CALL, "" + SECONDS, proxy.toString()));
        AtomicInteger calls = new AtomicInteger();
        List<Throwable> failures = application(url, client, settings, programs, calls);

        assertThat(failures).isEmpty();
        for (Process program : programs) {
            assertThat(printed(program)).matches("calls [1-9]\\d*");
        }
        System.out.println("The application made " + calls + " calls; " + zendesk.rotationCount() + " rotations");
        assertThat(calls).hasPositiveValue();
        assertThat(zendesk.rotationCount()).isGreaterThan(SECONDS / 4);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    /** Calls until the other programs have ended. */
    private static List<Throwable> application(
            String url, RegisteredClient client, Path settings, List<Process> programs, AtomicInteger calls)
            throws Exception {
        List<Throwable> failures = new ArrayList<>();
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry()
                    .bind(
                            "acme",
                            new ZendeskHttpClientConfigurer("zendesk-auth:acme?url=" + url.replace(CALL, "")
                                    + "&initiateOAuth=REFRESH&oauthClientId=" + client.identifier()
                                    + "&oauthClientSecret="
                                    + client.secret() + "&oauthSettingsLocation=" + settings));
            camel.start();
            ProducerTemplate application = camel.createProducerTemplate();
            while (programs.stream().anyMatch(Process::isAlive)) {
                Exchange exchange = application.request(url + "?httpClientConfigurer=#acme", message -> {});
                calls.incrementAndGet();
                if (exchange.getException() != null) {
                    failures.add(exchange.getException());
                }
            }
        }
        return failures;
    }

    private static String printed(Process program) throws IOException {
        return new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
