package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.internal.rotation.DelegatingTransaction;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What must hold when the store of an application throws what its driver throws, rather than what it should. */
class StoreTroubleTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final Unruly store = new Unruly(world);

    @Test
    void tokensThatCouldNotBeSavedForAnyReasonServeAndAreSavedLater() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        store.savesThatWork = 1;
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
        assertThat(manager.state()).isEqualTo(ConnectionState.DIRTY);
        store.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(5));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void whatIsOwedIsSavedHoweverATryHasFailed() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        world.savesThatWork = 1;
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();
        store.savesThatWork = 0;
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(5));

        store.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(2));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
    }

    @Test
    void nothingIsSpentWhenTheNoteCannotBeSavedForAnyReason() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        store.savesThatWork = 0;

        assertThatThrownBy(() -> manager.authorization().join())
                .hasCauseInstanceOf(SettingsUnavailable.class)
                .hasMessageContaining("IllegalStateException");
        assertThat(world.requests).isEmpty();
    }

    @Test
    void aClientNeedsNoStoreWhateverThatThrows() {
        store.savesThatWork = 0;
        DefaultTokenManager manager =
                started(new Credentials.ClientCredentials(new OAuthClient("app", Secret.of("s")), null));
        world.grants("a1", null, LIFETIME);

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a1");
    }

    @Test
    void aLookThatFailedForAnyReasonIsNotTheLast() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();
        store.looksThatFail = 1;
        world.pass(Duration.ofSeconds(3));
        assertThat(store.looksThatFail).isZero();

        world.siblingRotates("a2", "r2");
        world.pass(Duration.ofSeconds(3));

        assertThat(manager.authorization().join().headerValue()).isEqualTo("Bearer a2");
    }

    @Test
    void aLockWhoseStateNobodyCanTellIsGivenBackAndTakenAgain() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        store.savesThatWork = 1;
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();
        store.savesThatWork = Integer.MAX_VALUE;
        store.knowsItsLock = false;

        world.pass(Duration.ofMinutes(5));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        assertThat(world.holder).isNull();
    }

    private DefaultTokenManager started(Credentials credentials) {
        DefaultTokenManager manager = world.manager(credentials, world, store, world);
        manager.start();
        return manager;
    }

    private static final class Unruly implements SettingsStore {
        private final EngineFixture world;
        int savesThatWork = Integer.MAX_VALUE;
        int looksThatFail;
        boolean knowsItsLock = true;

        Unruly(EngineFixture world) {
            this.world = world;
        }

        @Override
        public String identity() {
            return world.identity();
        }

        @Override
        public Optional<OAuthSettings> load() {
            return world.load();
        }

        @Override
        public Optional<Object> stamp() {
            if (looksThatFail > 0) {
                looksThatFail--;
                throw poolClosed();
            }
            return world.stamp();
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return world.begin(patience).map(Unruled::new);
        }

        private static IllegalStateException poolClosed() {
            return new IllegalStateException("the pool is closed");
        }

        private final class Unruled extends DelegatingTransaction {
            Unruled(SettingsTransaction transaction) {
                super(transaction);
            }

            @Override
            public void save(OAuthSettings settings) {
                if (savesThatWork-- <= 0) {
                    throw poolClosed();
                }
                transaction.save(settings);
            }

            @Override
            public boolean isExclusive() {
                if (!knowsItsLock) {
                    throw poolClosed();
                }
                return transaction.isExclusive();
            }
        }
    }
}
