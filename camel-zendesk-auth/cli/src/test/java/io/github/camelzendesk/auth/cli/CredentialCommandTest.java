package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class CredentialCommandTest {
    @TempDir
    Path home;

    private Shell loggedIn(ZendeskServer zendesk, String client) throws IOException {
        return new Shell(home)
                .loggedIn(zendesk, zendesk.confidentialClient(client, Shell.callback()), home.resolve("acme.json"));
    }

    private static String asked(ZendeskServer zendesk, String... more) {
        String host = URI.create(zendesk.url()).getAuthority();
        return "protocol=http\nhost=" + host + "\n" + String.join("\n", more) + "\n\n";
    }

    @Test
    void gitGetsThePasswordAndItsEnd(ZendeskServer zendesk) throws IOException {
        Shell.Result get = loggedIn(zendesk, "git").typed(asked(zendesk)).run("credential", "get");

        assertThat(get.exit()).isZero();
        assertThat(get.out()).matches("username=oauth2\npassword=\\S+\npassword_expiry_utc=\\d{10}\n");
    }

    @Test
    void aGitThatKnowsOfBearerTokensGetsOne(ZendeskServer zendesk) throws IOException {
        Shell.Result get = loggedIn(zendesk, "bearer")
                .typed(asked(zendesk, "capability[]=authtype", "capability[]=state"))
                .run("credential", "get");

        assertThat(get.out()).startsWith("capability[]=authtype\nauthtype=Bearer\ncredential=");
    }

    @Test
    void anotherHostGetsNothing(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "others");
        String own = URI.create(zendesk.url()).getAuthority();

        for (String asked : new String[] {
            "protocol=https\nhost=evil.example.com\n\n",
            "protocol=https\nhost=" + own + "\n\n",
            "host=" + own + "\n\n",
            "protocol=http\nhost=[\n\n",
            "protocol=http\nhost=" + own + "@evil.example.com\n\n",
            "protocol=http\nhost=evil.example.com@" + own + "\n\n",
            "protocol=http\nhost=" + own + "#@evil.example.com\n\n",
            "protocol=http\nhost=" + own + "?@evil.example.com\n\n",
            "protocol=http\nhost=" + own + "/@evil.example.com\n\n",
            "protocol=http\nhost=evil.example.com\rhost=" + own + "\n\n",
            "protocol=http://" + own + "/\nhost=evil.example.com\n\n",
            ""
        }) {
            Shell.Result get = shell.typed(asked).run("credential", "get");

            assertThat(get.exit()).isZero();
            assertThat(get.out()).as(asked).isEmpty();
        }
    }

    @Test
    void aRefusedTokenIsReplacedOnceHoweverOftenItIsErased(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "erased");
        String refused = shell.run("token").out().strip();

        shell.typed(asked(zendesk, "password=" + refused)).run("credential", "erase");
        shell.typed(asked(zendesk, "password=" + refused)).run("credential", "erase");
        shell.typed(asked(zendesk, "password=of-another")).run("credential", "erase");

        assertThat(shell.run("token").out().strip()).isNotEqualTo(refused);
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    @Test
    void whatIsStoredElsewhereIsNoMatterHere(ZendeskServer zendesk) throws IOException {
        Shell.Result store =
                loggedIn(zendesk, "store").typed(asked(zendesk, "password=x")).run("credential", "store");

        assertThat(store).isEqualTo(new Shell.Result(0, "", ""));
    }

    @Test
    void kubectlGetsAnExecCredential(ZendeskServer zendesk) throws IOException {
        Shell shell = loggedIn(zendesk, "kubectl");
        shell.environment.put(
                "KUBERNETES_EXEC_INFO",
                "{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\"}");

        JsonNode json = new ObjectMapper()
                .readTree(shell.run("credential", "get", "--format", "exec-credential")
                        .out());

        assertThat(json.path("apiVersion").asText()).isEqualTo("client.authentication.k8s.io/v1beta1");
        assertThat(json.path("kind").asText()).isEqualTo("ExecCredential");
        assertThat(zendesk.isLive(json.path("status").path("token").asText())).isTrue();
        assertThat(json.path("status").path("expirationTimestamp").asText()).endsWith("Z");
    }

    @Test
    void theToolsOfAwsGetACredentialOfAProcess(ZendeskServer zendesk) throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(loggedIn(zendesk, "aws")
                        .run("credential", "get", "--format", "process")
                        .out());

        assertThat(json.path("Version").asInt()).isEqualTo(1);
        assertThat(zendesk.isLive(json.path("Token").asText())).isTrue();
        assertThat(json.path("Expiration").asText()).endsWith("Z");
    }

    @Test
    void anotherFormatIsRefusedWithThoseThatThereAre(ZendeskServer zendesk) {
        Shell.Result get = new Shell(home).run("credential", "get", "--format", "xml");

        assertThat(get.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(get.err()).contains("git, exec-credential or process");
    }
}
