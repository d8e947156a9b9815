package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Connections of one account with settings of their own, and somebody who keeps the lock of some of them. */
@ExtendWith(ZendeskExtension.class)
class LockedNeighbourTest {
    /** A little longer than what makes an account a slow one. */
    private static final Duration SLOW = Duration.ofSeconds(6);

    private static final int LOCKED = 20;

    @TempDir
    Path directory;

    private final List<TokenManager> managers = new ArrayList<>();
    private final List<SettingsTransaction> locks = new ArrayList<>();
    private ZendeskServer zendesk;
    private RegisteredClient client;

    @BeforeEach
    void register(ZendeskServer server) {
        zendesk = server;
        client = zendesk.confidentialClient("app");
    }

    @AfterEach
    void end() {
        locks.forEach(SettingsTransaction::close);
        managers.forEach(TokenManager::close);
    }

    @Test
    void aLockThatAnotherProcessKeepsMakesItsAccountNeitherBusyNorSlow() throws Exception {
        try (ChildJvm child = ChildJvm.start(
                Locking.class,
                Map.of("rig.file", directory.toRealPath().resolve("a.json.lock").toString()))) {
            child.tell("take");
            assertThat(child.line()).isEqualTo("taken");
            CompletableFuture<?> locked = manager("a").authorization();
            assertThatThrownBy(() -> locked.get(SLOW.toMillis(), TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);

            assertThat(manager("b").authorization().get(1, TimeUnit.MINUTES).headerValue())
                    .startsWith("Bearer ");

            assertThat(locked).isNotDone();
        }
    }

    @Test
    void anyNumberOfConnectionsWhoseLocksAreKeptLeaveTheNextOneItsTurn() throws Exception {
        List<CompletableFuture<?>> locked = new ArrayList<>();
        for (int connection = 0; connection < LOCKED; connection++) {
            locks.add(store("locked-" + connection).begin(Duration.ZERO).orElseThrow());
            TokenManager manager = manager("locked-" + connection);
            locked.addAll(List.of(manager.authorization(), manager.refresh(), manager.revoke()));
        }

        assertThat(manager("free").authorization().get(1, TimeUnit.MINUTES).headerValue())
                .startsWith("Bearer ");

        assertThat(locked).noneMatch(CompletableFuture::isDone);
        locks.forEach(SettingsTransaction::close);
        for (CompletableFuture<?> call : locked) {
            call.handle((done, error) -> "ended").get(1, TimeUnit.MINUTES);
        }
    }

    private TokenManager manager(String name) {
        TokenManager manager = RiggedManager.open(
                RiggedManager.connection(
                        zendesk.url(),
                        "app",
                        client.secret(),
                        zendesk.issue(client, "read write").refreshToken()),
                store(name),
                Steps.NONE);
        managers.add(manager);
        return manager;
    }

    private SettingsStore store(String name) {
        return RiggedFiles.store(directory.resolve(name + ".json"), zendesk.url(), "app", Steps.NONE);
    }
}
