package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;

/** A lock that a living holder has lost: its note counts as the lock, for as long as its request may be under way. */
class PatientStoreTest {
    private static final Duration MAY_TAKE = Duration.ofSeconds(25);
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final EngineFixture world = new EngineFixture();
    private final SettingsStore owner = patient();
    private final SettingsStore other = patient();

    private SettingsStore patient() {
        world.canLoseLock = true;
        return new PatientStore(world, world.context(world));
    }

    @BeforeEach
    void somebodyHasLoggedIn() {
        world.loginElsewhere("a0", "r0");
    }

    @Test
    void anotherWaitsForAsLongAsTheRequestOfTheFormerHolderMayTakeAndHoldsNoLockMeanwhile() throws Exception {
        owner.begin(Duration.ZERO).orElseThrow().save(noted(MAY_TAKE));
        world.breakLock();
        long seen = world.nanos;

        Optional<SettingsTransaction> begun = Optional.empty();
        while (begun.isEmpty()) {
            assertThat(world.holder).isNull();
            begun = other.begin(SLICE);
        }

        assertThat(Duration.ofNanos(world.nanos - seen)).isEqualTo(MAY_TAKE);
        assertThat(begun.orElseThrow().load().orElseThrow().pending()).isNotNull();
    }

    @Test
    void withoutPatienceNobodyWaitsAndNoClockOnAWallCounts() throws Exception {
        owner.begin(Duration.ZERO).orElseThrow().save(noted(MAY_TAKE));
        world.breakLock();
        long before = world.nanos;
        for (long years : new long[] {1, -2}) {
            world.wall = world.wall.plus(Duration.ofDays(365 * years));
            assertThat(other.begin(Duration.ZERO)).isEmpty();
        }
        assertThat(world.nanos).isEqualTo(before);
    }

    @Test
    void theFormerHolderItselfGetsTheLockBackAtOnce() throws Exception {
        owner.begin(Duration.ZERO).orElseThrow().save(noted(MAY_TAKE));
        world.breakLock();
        assertThat(other.begin(SLICE)).isEmpty();

        assertThat(owner.begin(Duration.ZERO)).isPresent();
    }

    @Test
    void onceTheAnswerIsStoredTheWaitIsOver() throws Exception {
        owner.begin(Duration.ZERO).orElseThrow().save(noted(MAY_TAKE));
        world.breakLock();
        assertThat(other.begin(SLICE)).isEmpty();

        world.siblingRotates("a1", "r1");

        assertThat(other.begin(Duration.ZERO).orElseThrow().load().orElseThrow().generation())
                .isEqualTo(2);
    }

    @Test
    void anotherNoteOfAnotherHolderIsWaitedForToo() throws Exception {
        world.stored = Optional.of(noted(MAY_TAKE));
        world.pass(MAY_TAKE);
        assertThat(other.begin(SLICE)).as("it was not seen before").isEmpty();
        world.pass(MAY_TAKE);
        world.stored = Optional.of(noted(MAY_TAKE.minusSeconds(1)));

        assertThat(other.begin(Duration.ZERO)).isEmpty();
        world.pass(MAY_TAKE);
        assertThat(other.begin(Duration.ZERO)).isPresent();
    }

    @Test
    void aNoteOfARequestThatIsOverKeepsNobodyWaiting() throws Exception {
        world.stored = Optional.of(noted(Duration.ZERO));

        assertThat(other.begin(Duration.ZERO)).isPresent();
    }

    @Test
    void aLockThatDiesWithItsHolderNeedsNoPatience() throws Exception {
        world.canLoseLock = false;
        world.stored = Optional.of(noted(MAY_TAKE));

        assertThat(other.begin(Duration.ZERO)).isPresent();
    }

    @Test
    void theOneWhoComesAfterALockFileWasDeletedWaitsAndTheOneAfterACrashDoesNot(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("s.json");
        SettingsStore first = SettingsStores.open(
                file.toString(),
                "s",
                SettingsCodec.of(SettingsOwner.person("https://acme.zendesk.com", "app"), null),
                null);
        try (SettingsTransaction transaction = first.begin(Duration.ZERO).orElseThrow()) {
            transaction.save(noted(MAY_TAKE));
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(1)));
        Path lockFile = folder.resolve("s.json.lock");
        Files.delete(lockFile);
        SettingsStore next = new PatientStore(first, world.context(world));

        assertThat(next.begin(SLICE))
                .as("the lock file is younger than the note")
                .isEmpty();
        Files.setLastModifiedTime(lockFile, FileTime.from(Instant.now().minusSeconds(60)));
        try (var begun = new PatientStore(first, world.context(world))
                .begin(Duration.ZERO)
                .orElseThrow()) {
            assertThat(begun.load().orElseThrow().pending()).isNotNull();
        }
    }

    @Test
    void aManagerPresentsTheTokenOfAYoungForeignNoteOnlyWhenItsRequestMustBeOver() {
        world.stored = Optional.of(noted(MAY_TAKE));
        TokenManager manager = world.manager(EngineFixture.grant(null, null));
        Instant begun = world.wall;
        world.grants("a1", "r1", Duration.ofMinutes(30));
        Instant[] sent = new Instant[1];
        world.duringRequest = () -> sent[0] = world.wall;

        assertThat(manager.refresh()).isCompleted();

        assertThat(Duration.between(begun, sent[0])).isEqualTo(MAY_TAKE);
        assertThat(world.requests).hasSize(1);
    }

    @Test
    void anExchangeWhoseEndIsKnownIsNotedAsOverSoThatNobodyWaitsForIt() {
        TokenManager manager = world.manager(EngineFixture.grant(null, null));
        PendingExchange[] during = new PendingExchange[1];
        world.duringRequest = () -> during[0] = world.stored.orElseThrow().pending();
        for (int attempt = 0; attempt < 3; attempt++) {
            world.outcomes.add(new TokenRequestOutcome.Ambiguous("reset", true, null));
        }

        assertThat(manager.refresh()).isCompletedExceptionally();

        assertThat(during[0].mayTake()).isGreaterThan(Duration.ofSeconds(20));
        assertThat(world.stored.orElseThrow().pending()).isEqualTo(during[0].over());
    }

    private OAuthSettings noted(Duration mayTake) {
        OAuthSettings stored = world.stored.orElseThrow();
        return stored.withPending(new PendingExchange(
                stored.tokens().fingerprint(), 2, EngineFixture.START.minusSeconds(60), "process 7", mayTake));
    }
}
