package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The cursor of an export, kept with the tokens of its connection. */
class CursorTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final String NAME = "tickets";

    private final EngineFixture world = new EngineFixture();

    @Test
    void aCursorIsThereBeforeTheFirstTokenAndAfterEachRotation() {
        TokenManager manager = started();
        assertThat(manager.cursor(NAME)).isEmpty();

        manager.keepCursor(NAME, "start_time=1");
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();
        assertThat(manager.cursor(NAME)).hasValue("start_time=1");

        manager.keepCursor(NAME, "cursor=a+b");
        world.grants("a2", "r2", LIFETIME);
        manager.refresh().join();
        manager.close();

        assertThat(started().cursor(NAME)).hasValue("cursor=a+b");
        assertThat(world.storedRefreshToken()).isEqualTo("r2");
    }

    @Test
    void exportsOfOneConnectionHaveCursorsOfTheirOwn() {
        TokenManager manager = started();

        manager.keepCursor(NAME, "one");
        manager.keepCursor("users", "other");

        assertThat(manager.cursor(NAME)).hasValue("one");
        assertThat(manager.cursor("users")).hasValue("other");
    }

    @Test
    void aCursorNeverTakesThePlaceOfTokensThatAreStillToBeStored() {
        TokenManager manager = started();
        world.savesThatWork = 1;
        world.grants("a1", "r1", LIFETIME);
        manager.authorization().join();

        assertThatThrownBy(() -> manager.keepCursor(NAME, "lost"))
                .isInstanceOf(SettingsUnavailable.class)
                .hasMessageContaining("tokens are to be stored there first");
        world.savesThatWork = Integer.MAX_VALUE;
        world.pass(Duration.ofMinutes(5));

        assertThat(world.storedRefreshToken()).isEqualTo("r1");
        manager.keepCursor(NAME, "kept");
        assertThat(manager.cursor(NAME)).hasValue("kept");
    }

    @Test
    void credentialsThatNeverChangeHaveNoPlaceForOneAndSaySo() {
        TokenManager manager = world.manager(new Credentials.ApiToken("agent@acme.com", Secret.of("token")));

        assertThatThrownBy(() -> manager.keepCursor(NAME, "x"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("cursorDirectory");
        assertThatThrownBy(() -> manager.cursor(NAME)).isInstanceOf(ConfigurationRefused.class);
    }

    private TokenManager started() {
        return world.started(EngineFixture.grant(null, "r0"));
    }
}
