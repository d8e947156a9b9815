package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenEvent.Kind;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** What people do with a grant is told, and stands in the log of the audit, a line each. */
class AuditLogTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final List<TokenEvent> told = new ArrayList<>();
    private int linesBefore;

    @BeforeEach
    void listen() throws IOException {
        world.listener = told::add;
        linesBefore = auditLines().size();
    }

    @AfterEach
    void noLineHoldsASecretOrAnAddress() throws IOException {
        assertThat(audited()).noneMatch(line -> line.matches(".*(\\b[arc][0-9]\\b|jane@).*"));
        assertThat(told.toString()).doesNotContain("jane@");
    }

    @Test
    void aLoginIsTold() throws IOException {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null));
        manager.exchangeCode(new AuthorizationCode(Secret.of("c1"), Secret.of("verifier")))
                .join();

        assertThat(kinds()).containsExactly(Kind.REFRESHED, Kind.LOGGED_IN);
        assertThat(audited())
                .singleElement()
                .asString()
                .endsWith("Connection 'acme' (https://acme.zendesk.com): a person logged in (generation 1)");
    }

    @Test
    void aRotationThatAPersonAskedForIsToldAndOneThatCallsNeededIsNot() throws IOException {
        DefaultTokenManager manager = began();
        assertThat(audited()).isEmpty();

        world.grants("a2", "r2", HALF_AN_HOUR);
        manager.refresh().join();

        assertThat(kinds()).containsExactlyInAnyOrder(Kind.REFRESHED, Kind.REFRESHED, Kind.REFRESHED_BY_HAND);
        assertThat(audited()).singleElement().asString().contains("refreshed by hand (generation 3)");
    }

    @Test
    void aRevocationIsTold() throws IOException {
        began().revoke().join();

        assertThat(kinds()).containsExactly(Kind.REFRESHED, Kind.REVOKED);
        assertThat(audited()).singleElement().asString().contains("revoked (generation 3)");
    }

    @Test
    void whoseCredentialsZendeskSaysTheseAreIsToldByNumberAndRole() throws IOException {
        world.identity = Map.of("userId", 42L, "role", "agent", "email", "jane@acme.test");
        began().verify().join();
        world.manager(new Credentials.StaticToken(Secret.of("a0"))).verify().join();

        assertThat(kinds()).containsExactly(Kind.REFRESHED, Kind.VERIFIED, Kind.VERIFIED);
        assertThat(told).last().extracting(TokenEvent::detail).isEqualTo("user 42, agent");
        assertThat(audited()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("verified as user 42, agent (generation "));
    }

    @Test
    void tokensOfAnotherProcessAreToldWhenTheyAreTakenOver() throws IOException {
        DefaultTokenManager manager = began();
        manager.start();
        world.siblingRotates("a2", "r2");
        world.pass(Duration.ofSeconds(3));

        assertThat(kinds()).containsExactly(Kind.REFRESHED, Kind.ADOPTED);
        assertThat(audited())
                .singleElement()
                .asString()
                .contains("took over tokens")
                .endsWith("(generation 3)");
    }

    @Test
    void anOlderCopyInThePlaceOfTheSettingsIsToldOnceAndChangesNothing() throws IOException {
        DefaultTokenManager manager = began();
        OAuthSettings backup = world.stored.orElseThrow();
        world.grants("a2", "r2", HALF_AN_HOUR);
        manager.refresh().join();
        world.stored = Optional.of(backup);
        world.grants("a3", "r3", HALF_AN_HOUR);
        manager.refresh().join();
        world.grants("a4", "r4", HALF_AN_HOUR);
        manager.refresh().join();

        assertThat(world.storedRefreshToken()).isEqualTo("r4");
        assertThat(told)
                .filteredOn(event -> event.kind() == Kind.STEPPED_BACK)
                .singleElement()
                .extracting(TokenEvent::detail)
                .isEqualTo("from generation 3 to 2");
        assertThat(audited())
                .filteredOn(line -> line.contains("went back from generation 3 to 2"))
                .hasSize(1);
    }

    @Test
    void aLoginElsewhereThatCountsFromOneAgainIsNoStepBack() {
        DefaultTokenManager manager = began();
        world.grants("a2", "r2", HALF_AN_HOUR);
        manager.refresh().join();
        world.loginElsewhere("b1", "s1");
        world.grants("b2", "s2", HALF_AN_HOUR);
        manager.refresh().join();

        assertThat(world.storedRefreshToken()).isEqualTo("s2");
        assertThat(kinds()).doesNotContain(Kind.STEPPED_BACK);
    }

    private DefaultTokenManager began() {
        world.grants("a1", "r1", HALF_AN_HOUR);
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"));
        manager.authorization().join();
        return manager;
    }

    private List<Kind> kinds() {
        return told.stream().map(TokenEvent::kind).toList();
    }

    private List<String> audited() throws IOException {
        List<String> lines = auditLines();
        return lines.subList(linesBefore, lines.size());
    }

    private static List<String> auditLines() throws IOException {
        return Files.readAllLines(TestLog.FILE).stream()
                .filter(line -> line.contains(" INFO ") && line.contains(" audit - "))
                .toList();
    }
}
