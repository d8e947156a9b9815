package io.github.camelzendesk.examples.quarkus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class TicketsIT {
    private static final Path PACKAGED = Path.of("target", "quarkus-app");

    @Test
    void aTokenThatDiesIsReplacedAndNoSecretIsPrinted(ZendeskServer zendesk) throws Exception {
        zendesk.nextApiRequest(ApiFault.invalidToken());

        Run run = run(zendesk, "-Dtickets.period=10", "-Dcamel.main.durationMaxMessages=1");

        assertThat(run.code).as(run.output).isZero();
        assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).startsWith(401, 200);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(run.output)
                .contains("My printer is on fire", "Authorization in the message: ''")
                .doesNotContain(IssuedSecrets.all());
    }

    @Test
    void halfAnAccountStopsTheStartAndSaysWhatIsMissing(ZendeskServer zendesk) throws Exception {
        Run run = run(zendesk, "-Dcamel.component.zendesk-auth.auth-scheme=APIToken");

        assertThat(run.code).isNotZero();
        assertThat(run.output)
                .contains("ConfigurationRefused", "Connection 'acme'", "apiToken")
                .doesNotContain(IssuedSecrets.all());
        assertThat(zendesk.tokenRequestCount()).isZero();
    }

    @Test
    void theStandInIsNotPackaged() throws IOException {
        assertThat(librariesOfTheApplication())
                .anyMatch(name -> name.contains("camel-zendesk-auth-1"))
                .noneMatch(
                        name -> name.contains("testkit") || name.contains("wiremock") || name.contains("deployment"));
    }

    private static List<String> librariesOfTheApplication() throws IOException {
        try (Stream<Path> files = Files.walk(PACKAGED)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }

    private static Run run(ZendeskServer zendesk, String... properties) throws Exception {
        ProcessBuilder application =
                Launcher.application(PACKAGED.resolve("quarkus-run.jar")).redirectErrorStream(true);
        application.command().addAll(1, List.of(properties));
        application.command().add(1, "-Duser.home=" + System.getProperty("user.home"));
        // A busy machine may take longer than a route would wait.
        application.command().add(1, "-Dcamel.component.zendesk-auth.join-timeout=30s");
        application.environment().putAll(Launcher.account(zendesk));
        Process process = application.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private record Run(int code, String output) {}
}
