package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process holds that lost its lock in mid-exchange, beside what others have stored since. The model of the
 * rotation found these histories.
 */
class LedgerTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();

    @BeforeEach
    void aLockThatALivingHolderCanLose() {
        world.canLoseLock = true;
    }

    @Test
    void anAnswerWithoutARefreshTokenNeverReplacesALaterGrantOfTheSameGeneration() {
        world.loginElsewhere("a0", "r0");
        world.pass(LIFETIME);
        world.grants("a1", null, LIFETIME);
        meanwhile(stored -> stored);
        attempt();

        others(stored -> stored.withNextTokens(pair("b1", "r1")));
        world.pass(Duration.ofMinutes(5));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void norDoesOneOfTheFirstRequestWithAConfiguredToken() {
        world.grants("a1", null, LIFETIME);
        meanwhile(stored -> stored);
        attempt("r0");

        others(stored -> stored.withConfigured(pair("a0", "r0")).withNextTokens(pair("b1", "r1")));
        world.pass(Duration.ofMinutes(5));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void aGrantThatWasSavedAfterAllKeepsTheNoteThatAnotherProcessMadeOfIt() {
        world.loginElsewhere("a0", "r0");
        world.pass(LIFETIME);
        world.grants("a1", "r1", LIFETIME);
        meanwhile(stored -> stored);
        attempt();

        others(stored -> note(stored.withNextTokens(pair("a1", "r1"))));
        world.pass(Duration.ofMinutes(5));

        assertThat(world.stored.orElseThrow().pending()).isNotNull();
    }

    @Test
    void aRefusalThatCameWithoutTheLockDoesNotReplaceTheNoteThatExplainsIt() {
        world.loginElsewhere("a0", "r0");
        world.pass(LIFETIME);
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        meanwhile(LedgerTest::note);
        attempt();

        world.pass(Duration.ofMinutes(5));

        assertThat(world.stored.orElseThrow().ended()).isNull();
        assertThat(world.stored.orElseThrow().pending()).isNotNull();
    }

    @Test
    void whatIsUnsavedServesAnotherContextOfTheProcessWhileTheStoreCannotBeRead() {
        world.loginElsewhere("a0", "r0");
        world.pass(LIFETIME);
        world.grants("a1", "r1", LIFETIME);
        world.savesThatWork = 1;
        attempt();
        world.unreadable = true;

        assertThat(world.manager(EngineFixture.grant(null, null))
                        .authorization()
                        .join()
                        .headerValue())
                .isEqualTo("Bearer a1");
    }

    @Test
    void aRefusedTokenIsNotSentAgainByAnotherContextOfTheProcess() {
        world.loginElsewhere("a0", "r0");
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        meanwhile(stored -> stored);
        attempt("r9");

        attempt("r9");

        assertThat(world.requests).hasSize(1);
    }

    private void attempt() {
        attempt(null);
    }

    private void attempt(String configured) {
        world.manager(EngineFixture.grant(null, configured))
                .authorization()
                .exceptionally(error -> null)
                .join();
    }

    /** The lock is lost while the request is under way. */
    private void meanwhile(UnaryOperator<OAuthSettings> change) {
        world.duringRequest = () -> {
            world.duringRequest = () -> {};
            world.breakLock();
            others(change);
        };
    }

    private void others(UnaryOperator<OAuthSettings> change) {
        world.stored = Optional.of(change.apply(world.stored.orElseThrow()));
    }

    /** Of a process that ended while its request was under way. */
    private static OAuthSettings note(OAuthSettings settings) {
        return settings.withPending(new PendingExchange(
                settings.refreshToken().fingerprint(), settings.generation() + 1, EngineFixture.START, "process 9"));
    }

    private TokenPair pair(String accessToken, String refreshToken) {
        return new TokenPair(
                Secret.of(accessToken), Secret.of(refreshToken), null, world.wall, world.wall.plus(LIFETIME), null);
    }
}
