package io.github.camelzendesk.auth.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.Operators;
import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class HealthTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path directory;

    private Path file;
    private IssuedTokens seed;
    private String withoutGrant;
    private String uri;

    @BeforeEach
    void issueAGrant(ZendeskServer zendesk) throws IOException {
        file = directory.toRealPath().resolve("s.json");
        RegisteredClient client = zendesk.confidentialClient("app");
        seed = zendesk.issue(client, "read write");
        withoutGrant = "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=app&oauthClientSecret="
                + client.secret() + "&initiateOAuth=REFRESH&oauthSettingsLocation=" + file;
        uri = withoutGrant + "&oauthRefreshToken=" + seed.refreshToken();
    }

    @Test
    void aConnectionWithAValidTokenIsUpWithItsDetails() {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);

            HealthCheck.Result health = operators.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(health.getCheck().getGroup()).isEqualTo("zendesk-auth");
            assertThat(health.getDetails())
                    .containsEntry("connection", "acme")
                    .containsEntry("state", "READY")
                    .containsEntry("daysLeft", 29L)
                    .containsKeys("generation", "expiresAt", "refreshTokenExpiresAt", "lastOutcome", "nextRefresh")
                    .doesNotContainKeys("degraded", "warning");
        }
    }

    @Test
    void itIsAMatterOfReadinessAndNotOfLiveness() {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(withoutGrant);

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(HealthCheckHelper.invokeLiveness(operators.camel.context, "full"))
                    .noneMatch(result -> result.getCheck().getId().startsWith("zendesk-auth"));
        }
    }

    @Test
    void withoutProducersEnabledNothingIsChecked() {
        try (CamelFixture camel = new CamelFixture()) {
            camel.context.getEndpoint(withoutGrant);

            assertThat(HealthCheckHelper.invokeReadiness(camel.context, "full"))
                    .noneMatch(result -> result.getCheck().getId().startsWith("zendesk-auth"));
        }
    }

    @Test
    void aComponentWhoseChecksAreSwitchedOffHasNone() {
        try (Operators operators = new Operators()) {
            ZendeskAuthComponent component = new ZendeskAuthComponent();
            component.setHealthCheckProducerEnabled(false);
            operators.camel.context.addComponent("zendesk-auth", component);
            operators.camel.context.getEndpoint(withoutGrant);

            assertThat(operators.readiness())
                    .noneMatch(result -> result.getCheck().getId().startsWith("zendesk-auth"));
        }
    }

    @Test
    void aConnectionThatWasNotUsedYetIsUpBecauseItsFirstCallObtainsAToken(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(uri);

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(operators.health().getDetails()).containsEntry("state", "IDLE");
            assertThat(zendesk.tokenRequestCount()).isZero();
        }
    }

    @Test
    void withoutAGrantItIsDown() {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(withoutGrant);

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(operators.health().getMessage())
                    .hasValueSatisfying(message -> assertThat(message).contains("'acme'", "a person must log in"));
            assertThat(operators.health().getDetails())
                    .containsEntry("state", "AUTHORIZATION_REQUIRED")
                    .containsEntry("authorizationRequired", "NO_GRANT");
        }
    }

    @Test
    void aGrantThatHasEndedIsDownUntilALoginBringsAnother(ZendeskServer zendesk) {
        zendesk.revoke(seed.accessToken());
        try (Operators operators = new Operators()) {
            operators.camel.send(uri);

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(operators.health().getDetails())
                    .containsEntry("state", "AUTHORIZATION_REQUIRED")
                    .containsEntry("authorizationRequired", "REFUSED");

            IssuedTokens another = zendesk.issue(zendesk.confidentialClient("app"), "read write");
            edit(settings -> settings.put("refresh_token", another.refreshToken())
                    .put("lineage", "by-hand")
                    .without("authorization_required"));
            Awaitility.await().until(() -> operators.health().getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void tokensThatCannotBeStoredAreDownUntilTheyAre(ZendeskServer zendesk) throws IOException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            int asked = zendesk.tokenRequestCount();
            CountDownLatch answer = new CountDownLatch(1);
            zendesk.nextTokenRequest(TokenFault.held(answer));
            CompletableFuture<Void> refresh =
                    CompletableFuture.runAsync(() -> operators.camel.send(uri + "&operation=refresh"));
            Awaitility.await().until(() -> zendesk.tokenRequestCount() > asked);
            // Nothing can be renamed over it, by root neither.
            Files.delete(file);
            Files.createDirectories(file.resolve("in-the-way"));
            answer.countDown();
            refresh.join();

            HealthCheck.Result health = operators.health();
            assertThat(health.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(health.getDetails()).containsEntry("settingsDirty", true);
            assertThat(health.getMessage()).hasValueSatisfying(message -> assertThat(message)
                    .contains("Do not end this process", file.toString()));

            Files.delete(file.resolve("in-the-way"));
            Files.delete(file);
            Awaitility.await().until(() -> operators.health().getState() == HealthCheck.State.UP);
            // Listeners hear of it on a thread of their own.
            Awaitility.await().untilAsserted(() -> assertThat(operators.events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsSubsequence("SettingsDirty", "SettingsStored"));
        }
    }

    @Test
    void settingsThatCannotBeReadAreDownWithTheRemedy() throws IOException {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            Files.writeString(file, "{\"format\":");

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(operators.health().getMessage())
                    .hasValueSatisfying(message -> assertThat(message).contains("is damaged", "log in again"));
        }
    }

    @Test
    void inTheLastWeekOfTheRefreshTokenItIsUpAndDegraded() {
        EngineFixture world = new EngineFixture();
        Duration idle = Duration.ofDays(30).minusHours(60);
        // The check counts the days by the wall clock.
        world.wall = Instant.now().minus(idle);
        world.loginElsewhere("a1", "r1");
        world.pass(idle);
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofMinutes(1)));
        try (Operators operators = new Operators()) {
            operators.camel.context.getRegistry().bind("idle", world.started(EngineFixture.grant(null, null)));
            operators.camel.context.getEndpoint("zendesk-auth:acme?tokenManager=#idle");
            while (world.requests.isEmpty()) {
                world.pass(Duration.ofSeconds(10));
            }
            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            world.pass(Duration.ofMinutes(1));

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(operators.health().getDetails())
                    .containsEntry("degraded", true)
                    .containsEntry("daysLeft", 2L)
                    .containsEntry(
                            "warning", "the refresh token expires within a week, and could not be rotated so far");
        }
    }

    @Test
    void aThrottledConnectionIsUpWhileItsTokenIsValid(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            zendesk.always(TokenFault.throttled(Duration.ofMinutes(30)));
            operators.camel.send(uri + "&operation=refresh");

            assertThat(operators.health().getDetails().get("lastOutcome").toString())
                    .startsWith("TokenEndpointUnavailable");
            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    @Test
    void aThrottledConnectionWithoutATokenIsDown(ZendeskServer zendesk) {
        zendesk.nextTokenRequest(TokenFault.throttled(Duration.ofMinutes(30)));
        try (Operators operators = new Operators()) {
            operators.camel.send(uri);

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(operators.health().getMessage())
                    .hasValueSatisfying(message -> assertThat(message).contains("429"));
        }
    }

    @Test
    void aThrottledConnectionWithoutATokenIsUpAgainOnceTheNextCallMayTry() {
        EngineFixture world = new EngineFixture();
        world.outcomes.add(new TokenRequestOutcome.Unavailable("status 429", Duration.ofMinutes(30)));
        try (Operators operators = new Operators()) {
            operators.camel.context.getRegistry().bind("throttled", world.manager(EngineFixture.grant(null, "r0")));
            operators.camel.send("zendesk-auth:acme?tokenManager=#throttled");
            world.pass(Duration.ofMinutes(30).minusSeconds(1));
            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.DOWN);

            world.pass(Duration.ofSeconds(1));
            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(world.requests).hasSize(1);
        }
    }

    @Test
    void clientCredentialsAreUpWithoutTheirSettings(ZendeskServer zendesk) throws IOException {
        String machine = withoutGrant.replace("initiateOAuth=REFRESH", "authScheme=OAuthClient");
        try (Operators operators = new Operators()) {
            operators.camel.authorization(machine);
            Files.writeString(file, "{\"format\":");

            assertThat(operators.health().getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(operators.health().getDetails()).containsEntry("degraded", true);
        }
    }

    @Test
    void connectionsOfTheSameNameAreToldApart() {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(uri);
            operators.camel.context.getEndpoint(withoutGrant);

            assertThat(operators.health("acme").getState()).isEqualTo(HealthCheck.State.UP);
            assertThat(operators.health("acme-2").getState()).isEqualTo(HealthCheck.State.DOWN);
        }
    }

    @Test
    void aStopTakesTheChecksAway() {
        try (Operators operators = new Operators()) {
            operators.camel.context.getEndpoint(uri);
            operators.camel.context.removeComponent("zendesk-auth");

            assertThat(operators.readiness())
                    .noneMatch(result -> result.getCheck().getId().startsWith("zendesk-auth"));
        }
    }

    @Test
    void noAnswerHoldsASecret(ZendeskServer zendesk) {
        try (Operators operators = new Operators()) {
            operators.camel.authorization(uri);
            HealthCheck.Result up = operators.health();
            zendesk.always(TokenFault.error(400, "invalid_grant"));
            operators.camel.send(uri + "&operation=refresh");
            HealthCheck.Result down = operators.health();

            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(up.getDetails() + "" + down.getDetails() + down.getMessage())
                    .doesNotContain(IssuedSecrets.all());
        }
    }

    private interface Edit {
        void apply(ObjectNode settings);
    }

    private void edit(Edit edit) {
        try {
            ObjectNode settings = (ObjectNode) MAPPER.readTree(file.toFile());
            edit.apply(settings);
            settings.remove("checksum");
            MAPPER.writeValue(file.toFile(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
