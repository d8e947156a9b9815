package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ScanCommandTest {
    @TempDir
    private Path folder;

    @Test
    void findsEachUseInASampleApplicationAndNothingElse() throws Exception {
        Path application = sample();
        MigrateShell.Result scan = shell().run("migrate", "scan", application.toString());
        assertThat(scan.exit()).isEqualTo(10);
        assertThat(scan.out()
                        .replace(application + "/", "")
                        .replaceAll("  +", " | ")
                        .lines())
                .containsExactlyInAnyOrder(
                        "WHERE | WHAT | NAME | CONNECTION OR ACCOUNT",
                        "deploy/production.env:3 | API token | ZENDESK_API_TOKEN | acme.zendesk.com",
                        "src/main/java/com/example/TicketRoutes.java:11 | API token | setToken | acme.zendesk.com",
                        "src/main/java/com/example/TicketRoutes.java:17 | API token | Authorization: Basic | acme.zendesk.com",
                        "src/main/java/com/example/TicketRoutes.java:23 | API token | token | acme.zendesk.com",
                        "src/main/resources/application.properties:4 | API token |"
                                + " camel.component.zendesk-auth.connections.acme.api-token | acme",
                        "src/main/resources/application.yml:9 | password | camel.component.zendesk.password |"
                                + " globex.zendesk.com",
                        "src/main/resources/application.yml:12 | API token | helpdesk.token | globex.zendesk.com",
                        "src/main/resources/camel/routes.camel.yaml:9 | API token |"
                                + " route.from.steps.to.parameters.apiToken | globex",
                        "src/main/resources/camel/routes.xml:5 | API token | /token | globex.zendesk.com",
                        "src/main/resources/camel/routes.xml:5 | Basic credentials | authPassword | globex.zendesk.com");
        assertThat(scan.err())
                .contains("30 April 2027", "27 October 2026", "January 2026", "zendesk-auth migrate --connection");
    }

    @Test
    void printsNoSecretOfASampleApplication() throws Exception {
        MigrateShell.Result text = shell().run("migrate", "scan", sample().toString());
        MigrateShell.Result json = shell().run("migrate", "scan", "--json", sample().toString());
        assertThat(text.all() + json.all())
                .doesNotContain("sample-secret", "agent@", "YWdlbnRA")
                .doesNotContain(Base64.getEncoder().encodeToString("sample-secret".getBytes(UTF_8)));
    }

    @Test
    void printsFindingsAsJSON() throws Exception {
        MigrateShell.Result scan = shell().run("migrate", "scan", "--json", sample() + "/deploy/production.env");
        JsonNode finding = new ObjectMapper().readTree(scan.out()).get(0);
        assertThat(scan.exit()).isEqualTo(10);
        assertThat(finding.get("line").asInt()).isEqualTo(3);
        assertThat(finding.get("kind").asText()).isEqualTo("API_TOKEN");
        assertThat(finding.get("name").asText()).isEqualTo("ZENDESK_API_TOKEN");
        assertThat(finding.get("connection").asText()).isEqualTo("acme.zendesk.com");
        assertThat(finding.get("ends").asText()).isEqualTo("2027-04-30");
        assertThat(finding.get("next").asText()).contains("zendesk-auth migrate");
    }

    @Test
    void leavesOutWhatIsBuiltBinaryOrLarge() throws IOException {
        String found = "ZENDESK_API_TOKEN=abc\n";
        for (String skipped : new String[] {".git", "target", "build", "node_modules"}) {
            Files.writeString(
                    Files.createDirectories(folder.resolve("a/" + skipped)).resolve(".env"), found);
        }
        Files.writeString(folder.resolve("binary.properties"), "\0" + found);
        Files.writeString(folder.resolve("large.properties"), found.repeat(50_000));
        Files.writeString(folder.resolve("picture.png"), found);
        Files.writeString(folder.resolve("notes.adoc"), found);
        MigrateShell.Result scan = shell().run("migrate", "scan", folder.toString());
        assertThat(scan.exit()).isZero();
        assertThat(scan.out()).isEmpty();
        assertThat(scan.err()).contains("No API token, password or Basic credentials of Zendesk were found.");
        assertThat(shell().run("migrate", "scan", folder.resolve("notes.adoc").toString())
                        .exit())
                .isEqualTo(10);
        assertThat(shell().run("migrate", "scan", folder.resolve("a/target").toString())
                        .exit())
                .isEqualTo(10);
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        MigrateShell.Result none = shell().run("migrate", "scan");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("PATH");
        MigrateShell.Result gone =
                shell().run("migrate", "scan", folder.resolve("gone").toString());
        assertThat(gone.exit()).isEqualTo(2);
        assertThat(gone.err()).contains("gone to scan: give a file or a folder that is there.");
    }

    private MigrateShell shell() {
        return new MigrateShell(folder);
    }

    private static Path sample() throws URISyntaxException {
        URL url = Objects.requireNonNull(ScanCommandTest.class.getResource("/migrate/desk-sync"));
        return Path.of(url.toURI());
    }
}
