package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Saves that are stopped, or fail, between two operations of the file system. */
class UnfinishedSavesTest {
    private static final SettingsOwner OWNER = SettingsOwner.person("https://acme.zendesk.com", "app");
    private static final TokenPair TOKENS =
            new TokenPair(Secret.of("access"), Secret.of("refresh"), null, Instant.EPOCH, null, null);
    private static final OAuthSettings FIRST = OAuthSettings.empty(OWNER).withNewLineage("a login", TOKENS);
    private static final OAuthSettings SECOND = FIRST.withNextTokens(TOKENS);
    private static final OAuthSettings THIRD = SECOND.withNextTokens(TOKENS);
    private static final int MOST_OPERATIONS = 100;

    @ParameterizedTest(name = "fails at: {0}")
    @ValueSource(strings = {"replaced", "force directory"})
    void whatAFailedSaveLeftIsForcedBeforeItCountsAsStored(String failing) throws Exception {
        SimulatedDisk disk = new SimulatedDisk();
        disk.put(SettingsCodec.of(OWNER, null).encode(FIRST));
        SettingsStore store = disk.store(OWNER, new FailingOnce(failing), "first");
        assertThatThrownBy(() -> change(store, SECOND, false)).isInstanceOf(SettingsStoreException.class);

        assertThat(generationUnderTheLock(store)).contains(SECOND.generation());
        disk.cutPower(new NothingUnforced());

        assertThat(generationUnderTheLock(store)).contains(SECOND.generation());
    }

    private static Optional<Long> generationUnderTheLock(SettingsStore store) throws InterruptedException {
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            return transaction.load().map(OAuthSettings::generation);
        }
    }

    /** An operator deletes the lock file meanwhile, and another process goes on. */
    @ParameterizedTest(name = "with space reserved: {0}, stored before: {1}")
    @CsvSource({"true, true", "false, true", "true, false", "false, false"})
    void whatAnotherStoredMeanwhileStaysWhereverTheFirstWasStopped(boolean reserves, boolean isStored)
            throws Exception {
        int stops = 0;
        while (isStoppedAt(stops, reserves, isStored)) {
            stops++;
        }
        assertThat(stops).as("operations of a change").isBetween(5, MOST_OPERATIONS);
    }

    /** False when a change has fewer operations. */
    private static boolean isStoppedAt(int operation, boolean reserves, boolean isStored) throws Exception {
        SimulatedDisk disk = new SimulatedDisk();
        if (isStored) {
            disk.put(SettingsCodec.of(OWNER, null).encode(FIRST));
        }
        SettingsStore other = disk.store(OWNER, new NoSteps(), "other");
        Stopped stopped = new Stopped(operation, () -> {
            disk.deleteLockFile();
            change(other, THIRD, true);
        });
        try {
            change(disk.store(OWNER, stopped, "first"), SECOND, reserves);
        } catch (SettingsStoreException e) {
            assertThat(e).hasMessageContaining("settings.json");
        }
        if (stopped.isOver()) {
            assertThat(other.load().map(OAuthSettings::generation))
                    .as("the generation stored, when stopped before operation %d", operation)
                    .contains(THIRD.generation());
        }
        return stopped.isOver();
    }

    private static void change(SettingsStore store, OAuthSettings settings, boolean reserves) {
        try (SettingsTransaction transaction = store.begin(Duration.ZERO).orElseThrow()) {
            transaction.load();
            if (reserves) {
                transaction.reserve();
            }
            transaction.save(settings);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class NoSteps implements SimulatedDisk.Steps {
        @Override
        public void at(String operation) throws IOException {}

        @Override
        public boolean waitsUntil(long deadline) {
            return false;
        }

        @Override
        public long deadline(Duration patience) {
            return 0;
        }
    }

    /** Has the others act before one operation of a process. */
    private static final class Stopped extends NoSteps {
        private final Runnable meanwhile;
        private int left;

        Stopped(int operation, Runnable meanwhile) {
            this.left = operation;
            this.meanwhile = meanwhile;
        }

        boolean isOver() {
            return left < 0;
        }

        @Override
        public void at(String operation) {
            if (left-- == 0) {
                meanwhile.run();
            }
        }
    }

    private static final class FailingOnce extends NoSteps {
        private final String failing;
        private boolean hasFailed;

        FailingOnce(String failing) {
            this.failing = failing;
        }

        @Override
        public void at(String operation) throws IOException {
            if (operation.equals(failing) && !hasFailed) {
                hasFailed = true;
                throw new IOException("Input/output error");
            }
        }
    }

    /** A power cut that leaves nothing but what was forced. */
    private static final class NothingUnforced extends Random {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean nextBoolean() {
            return false;
        }
    }
}
