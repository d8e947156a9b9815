package io.github.camelzendesk.auth.routes;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Identities that the options tell apart never meet in one place, and where two may be mixed up somebody is told. */
@ExtendWith(ZendeskExtension.class)
class SharedPlacesTest {
    private final String name = "shared-" + UUID.randomUUID();

    @Test
    void aRobotAndAPersonOfOneNameAndClientEachKeepTheirOwnToken(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("both");
        String robot = uri(zendesk, client) + "&authScheme=OAuthClient";
        String person = person(zendesk, client);
        try (CamelFixture camel = new CamelFixture()) {
            String persons = camel.authorization(person);
            String robots = camel.authorization(robot);
            assertThat(robots).isNotEqualTo(persons);

            camel.send(robot + "&operation=refresh");

            assertThat(camel.authorization(person)).isEqualTo(persons);
            assertThat(camel.send(person + "&operation=refresh").getException()).isNull();
        }
        assertThat(zendesk.tokenRequests().stream().map(seen -> seen.grantType()))
                .containsExactly("refresh_token", "client_credentials", "client_credentials", "refresh_token");
    }

    @Test
    void oneNameWithTwoScopesHasTwoTokens(ZendeskServer zendesk) {
        String robot = uri(zendesk, zendesk.confidentialClient("scoped")) + "&authScheme=OAuthClient";
        try (CamelFixture camel = new CamelFixture()) {
            String wide = camel.authorization(robot + "&scope=read write");
            String narrow = camel.authorization(robot + "&scope=read");
            String usual = camel.authorization(robot);

            assertThat(List.of(wide, narrow, usual)).doesNotHaveDuplicates();
            assertThat(camel.authorization(robot + "&scope=write,read")).isEqualTo(wide);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(3);
    }

    @Test
    void aRobotLeavesThePersonsGrantAloneWhereBothAreToldTheSamePlace(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("explicit");
        String place = "&oauthSettingsLocation=memory:" + name;
        try (CamelFixture camel = new CamelFixture()) {
            String persons = camel.authorization(person(zendesk, client) + place);
            String robots = camel.authorization(uri(zendesk, client) + "&authScheme=OAuthClient" + place);

            assertThat(robots).isNotEqualTo(persons);
            assertThat(camel.authorization(person(zendesk, client, "none") + place))
                    .isEqualTo(persons);
        }
        assertThat(TestLog.lines("WARN", name)).anySatisfy(line -> assertThat(line)
                .contains("memory:" + name, "authorization_code", "client_credentials", "oauthSettingsLocation"));
    }

    @Test
    void twoPeoplesRefreshTokensInOnePlaceOfAJvmAreRefused(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("two");
        String first = person(zendesk, client);
        try (CamelFixture camel = new CamelFixture()) {
            String token = camel.authorization(first);

            assertThatThrownBy(() -> camel.send(person(zendesk, client)))
                    .hasRootCauseInstanceOf(ConfigurationRefused.class)
                    .rootCause()
                    .hasMessageContainingAll(
                            "'" + name + "'", "oauthRefreshToken", "oauthSettingsLocation", "connection name");
            assertThat(camel.authorization(first)).isEqualTo(token);
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void twoApplicationsThatTakeTurnsAreToldAndNeverSwapBack(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("turns");
        String first = person(zendesk, client);
        String second = person(zendesk, client);
        String tokenOfTheSecond;
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(first);
            assertThat(TestLog.lines("WARN", name)).isEmpty();
        }
        try (CamelFixture camel = new CamelFixture()) {
            tokenOfTheSecond = camel.authorization(second);
        }
        assertThat(TestLog.lines("WARN", name)).singleElement().satisfies(line -> assertThat(line)
                .contains("has taken the place", "generation 2", "oauthSettingsLocation", "oauthRefreshToken"));
        for (int start = 0; start < 2; start++) {
            try (CamelFixture camel = new CamelFixture()) {
                assertThat(camel.authorization(first)).isEqualTo(tokenOfTheSecond);
                camel.authorization(first);
            }
            try (CamelFixture camel = new CamelFixture()) {
                assertThat(camel.authorization(second)).isEqualTo(tokenOfTheSecond);
            }
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        assertThat(TestLog.lines("WARN", name)).hasSize(3).last().satisfies(line -> assertThat(line.toString())
                .contains("began with another oauthRefreshToken", "not used again", "oauthSettingsLocation"));
    }

    @Test
    void anOperatorWhoReplacesARefusedTokenIsNotWarned(ZendeskServer zendesk) {
        RegisteredClient client = zendesk.confidentialClient("renewed");
        String first = person(zendesk, client);
        try (CamelFixture camel = new CamelFixture()) {
            String token = camel.authorization(first);
            zendesk.revoke(token.substring("Bearer ".length()));
            assertThat(camel.send(first + "&operation=refresh").getException()).isNotNull();
        }
        try (CamelFixture camel = new CamelFixture()) {
            camel.authorization(person(zendesk, client));
        }
        assertThat(TestLog.lines("WARN", name))
                .allSatisfy(line -> assertThat(line.toString()).contains("Token refresh failed"));
    }

    @Test
    void aPlaceWhoseLockIsTooShortForATokenRequestIsRefusedAtTheStart(ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getRegistry().bind("short", SettingsStore.class, new ShortLock());

            assertThatThrownBy(() -> camel.send(person(zendesk, zendesk.confidentialClient("short"))
                            + "&exchangeTimeout=7s&oauthSettingsLocation=bean:short"))
                    .hasRootCauseMessage("21 s are too long for this lock")
                    .hasStackTraceContaining("ConfigurationRefused");
        }
    }

    private record ShortLock() implements SettingsStore {
        @Override
        public String identity() {
            return "short";
        }

        @Override
        public Optional<OAuthSettings> load() {
            return Optional.empty();
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return Optional.empty();
        }

        @Override
        public void requireLockFor(Duration longest) {
            throw new IllegalArgumentException(longest.toSeconds() + " s are too long for this lock");
        }
    }

    private String person(ZendeskServer zendesk, RegisteredClient client) {
        return person(zendesk, client, zendesk.issue(client, "read write").refreshToken());
    }

    private String person(ZendeskServer zendesk, RegisteredClient client, String refreshToken) {
        String bootstrap = refreshToken.equals("none") ? "" : "&oauthRefreshToken=" + refreshToken;
        return uri(zendesk, client) + "&initiateOAuth=REFRESH" + bootstrap;
    }

    private String uri(ZendeskServer zendesk, RegisteredClient client) {
        return "zendesk-auth:" + name + "?url=" + zendesk.url() + "&oauthClientId=" + client.identifier()
                + "&oauthClientSecret=RAW(" + client.secret() + ")";
    }
}
