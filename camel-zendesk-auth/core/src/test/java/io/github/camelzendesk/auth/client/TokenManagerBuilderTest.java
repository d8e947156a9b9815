package io.github.camelzendesk.auth.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.AuthScheme;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.InitiateOAuth;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
class TokenManagerBuilderTest {
    @TempDir
    Path directory;

    @Test
    void aManagerIsOpenedWithoutCamel(ZendeskServer zendesk) throws Exception {
        RegisteredClient robot = zendesk.confidentialClient("nightly");
        Path settings = directory.resolve("acme.json");

        try (TokenManager acme = TokenManagerBuilder.connection("acme")
                .option(Options.URL, zendesk.url())
                .option(Options.AUTH_SCHEME, AuthScheme.OAuthClient)
                .option(Options.OAUTH_CLIENT_ID, robot.identifier())
                .option(Options.OAUTH_CLIENT_SECRET, robot.secret())
                .option(Options.OAUTH_SETTINGS_LOCATION, settings.toString())
                .open()) {
            assertThat(acme.await().headerValue()).startsWith("Bearer ");
            assertThat(acme.verify().join()).containsEntry("verified", true);
            assertThat(acme.status().state()).isEqualTo(ConnectionState.READY);
        }
        assertThat(Files.exists(settings)).isTrue();
    }

    @Test
    void theTokensLastAcrossManagers(ZendeskServer zendesk) throws Exception {
        RegisteredClient robot = zendesk.confidentialClient("nightly");
        String first;
        try (TokenManager acme = robot(zendesk, robot).open()) {
            first = acme.await().headerValue();
        }
        try (TokenManager acme = robot(zendesk, robot).open()) {
            assertThat(acme.await().headerValue()).isEqualTo(first);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void aManagerOnDemandKnowsWhatIsStoredAndRenewsOnlyWhatACallAsksFor(ZendeskServer zendesk) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("command");
        IssuedTokens issued = zendesk.issue(client, "read write");
        Instant soon = Instant.now().plusSeconds(60);
        SettingsOwner owner = SettingsOwner.person(zendesk.url(), "command");
        Path settings = directory.resolve("command.json");
        SettingsStore store = SettingsStores.open(settings.toString(), "any", SettingsCodec.of(owner, null), null);
        try (SettingsTransaction transaction =
                store.begin(Duration.ofSeconds(30)).orElseThrow()) {
            transaction.save(OAuthSettings.empty(owner)
                    .withNewLineage(
                            "old",
                            new TokenPair(
                                    Secret.of(issued.accessToken()),
                                    Secret.of(issued.refreshToken()),
                                    "read write",
                                    // Its refresh token would be rotated ahead, being near its end.
                                    soon.minus(Duration.ofDays(30)),
                                    soon,
                                    soon)));
        }

        try (TokenManager acme = person(zendesk, client, settings).openOnDemand()) {
            assertThat(acme.status().settings().generation()).isEqualTo(1);
            assertThat(acme.verify().join()).containsEntry("verified", true);
        }
        assertThat(zendesk.tokenRequestCount()).isZero();

        try (TokenManager acme = person(zendesk, client, settings).openOnDemand()) {
            assertThat(acme.refresh().join().settings().generation()).isEqualTo(2);
        }
        assertThat(zendesk.rotationCount()).isEqualTo(1);
    }

    private static TokenManagerBuilder person(ZendeskServer zendesk, RegisteredClient client, Path settings) {
        return TokenManagerBuilder.connection("command")
                .option(Options.URL, zendesk.url())
                .option(Options.INITIATE_OAUTH, InitiateOAuth.REFRESH)
                .option(Options.OAUTH_CLIENT_ID, client.identifier())
                .option(Options.OAUTH_CLIENT_SECRET, client.secret())
                .option(Options.OAUTH_SETTINGS_LOCATION, settings.toString());
    }

    @Test
    void variablesOfTheEnvironmentAreEnough(ZendeskServer zendesk) throws Exception {
        RegisteredClient robot = zendesk.confidentialClient("nightly");
        Map<String, String> environment = Map.of(
                "ZENDESK_URL", zendesk.url(),
                "ZENDESK_AUTH_SCHEME", "OAuthClient",
                "ZENDESK_OAUTH_CLIENT_ID", robot.identifier(),
                "ZENDESK_OAUTH_CLIENT_SECRET", robot.secret() + "\n",
                "ZENDESK_OAUTH_SETTINGS_LOCATION", directory.resolve("e.json").toString());

        try (TokenManager acme = TokenManagerBuilder.connection("acme")
                .options(ConnectionOptions.ofEnvironment(environment))
                .open()) {
            assertThat(acme.await().headerValue()).startsWith("Bearer ");
        }
    }

    @Test
    void theKeyOfTheSettingsMayBeABeanThatUnwrapsIt(ZendeskServer zendesk) throws Exception {
        Supplier<String> unwrapped = () -> Base64.getEncoder().encodeToString(new byte[32]);

        try (TokenManager acme = robot(zendesk, zendesk.confidentialClient("nightly"))
                .option(Options.OAUTH_SETTINGS_SECRET_KEY, "bean:kms")
                .bean("kms", unwrapped)
                .open()) {
            acme.await();
        }
        assertThat(Files.readString(directory.resolve("kept.json")))
                .contains("ciphertext")
                .doesNotContain("access_token");
    }

    @Test
    void aBeanThatNobodyGaveIsRefusedWithTheRemedy(ZendeskServer zendesk) {
        TokenManagerBuilder builder = robot(zendesk, zendesk.confidentialClient("nightly"))
                .option(Options.OAUTH_SETTINGS_LOCATION, "bean:tokens");

        assertThatThrownBy(builder::open)
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("names the bean 'tokens'")
                .hasMessageContaining("add it with bean(\"tokens\", ...)");
    }

    @Test
    void optionsThatDescribeNoConnectionAreRefusedByName() {
        assertThatThrownBy(() -> TokenManagerBuilder.connection("acme")
                        .option(Options.URL, "acme")
                        .open())
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("Connection 'acme'")
                .hasMessageContaining("oauthClientId");
    }

    private TokenManagerBuilder robot(ZendeskServer zendesk, RegisteredClient robot) {
        return TokenManagerBuilder.connection("acme")
                .option(Options.URL, zendesk.url())
                .option(Options.AUTH_SCHEME, AuthScheme.OAuthClient)
                .option(Options.OAUTH_CLIENT_ID, robot.identifier())
                .option(Options.OAUTH_CLIENT_SECRET, robot.secret())
                .option(
                        Options.OAUTH_SETTINGS_LOCATION,
                        directory.resolve("kept.json").toString());
    }

    /** An application may name connections by what its users have typed. */
    @Test
    void noNameOfAConnectionBeginsALineOfTheLog(ZendeskServer zendesk) throws Exception {
        for (Option<String> kind : List.of(Options.PASSWORD, Options.API_TOKEN)) {
            TokenManagerBuilder.connection("acme\r\n2026-01-01 ERROR all is lost by " + kind)
                    .option(Options.URL, zendesk.url())
                    .option(Options.USER, "a@example.com")
                    .option(kind, "secret")
                    .open()
                    .close();
        }

        assertThat(Files.readAllLines(TestLog.FILE).stream().filter(line -> line.contains("all is lost")))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).contains("'acme 2026-01-01 ERROR all is lost by "));
    }
}
