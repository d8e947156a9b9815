package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Any sequence of calls, refusals, failures, full disks, crashes and logins, of three processes that share a store,
 * against a model of Zendesk that counts what must never happen.
 */
@PropertyDefaults(shrinking = ShrinkingMode.BOUNDED)
class LifecyclePropertiesTest {
    private static final int PROCESSES = 3;

    private enum Kind {
        CALL,
        REFUSED,
        REFRESH,
        WAIT,
        MOOD,
        FULL_DISK,
        CRASH,
        LOGIN
    }

    private record Deed(Kind kind, int process, int number) {}

    /** One run: the world, the model, and who is alive in it. */
    private static final class Run {
        final EngineFixture world = new EngineFixture();
        final RotatingZendesk zendesk = new RotatingZendesk();
        final List<DefaultTokenManager> managers = new ArrayList<>();
        final List<FixtureProcess> processes = new ArrayList<>();
        boolean lostWithAProcess;

        Run() {
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(new FixtureProcess(world));
                managers.add(manager(processes.get(i)));
            }
            managers.get(0).exchangeCode(zendesk.login()).join();
        }

        private DefaultTokenManager manager(FixtureProcess process) {
            DefaultTokenManager manager = world.manager(EngineFixture.grant(null, null), zendesk, process, process);
            manager.start();
            return manager;
        }

        void perform(Deed deed) {
            DefaultTokenManager manager = managers.get(deed.process);
            switch (deed.kind) {
                case CALL -> quietly(() -> manager.authorization().join());
                case REFUSED ->
                    quietly(() -> manager.reject(manager.authorization().join().generation()));
                case REFRESH -> quietly(() -> manager.refresh().join());
                case WAIT -> world.pass(Duration.ofSeconds(1L << deed.number));
                case MOOD ->
                    zendesk.moods.add(
                            RotatingZendesk.Mood.values()[deed.number % RotatingZendesk.Mood.values().length]);
                case FULL_DISK -> world.savesThatWork = deed.number % 4;
                case CRASH -> crash(deed.process);
                case LOGIN -> login(manager);
            }
        }

        private void crash(int process) {
            // What a process holds in memory only dies with it; that is why it cries so loud.
            if (Boolean.TRUE.equals(managers.get(process).status().asMap().get("settingsDirty"))) {
                lostWithAProcess = true;
                zendesk.answerIsForgotten(world.storedRefreshToken());
            }
            processes.get(process).die();
            processes.set(process, new FixtureProcess(world));
            managers.set(process, manager(processes.get(process)));
        }

        private void login(DefaultTokenManager manager) {
            try {
                manager.exchangeCode(zendesk.login()).join();
                lostWithAProcess = false;
            } catch (CompletionException e) {
                assertThat(e.getCause()).isInstanceOf(ZendeskAuthException.class);
            }
        }

        void heal() {
            zendesk.moods.clear();
            world.savesThatWork = Integer.MAX_VALUE;
            world.pass(Duration.ofMinutes(3));
        }
    }

    @Property
    void aGrantThatZendeskDeliveredIsNeverLostAndNoRefreshTokenIsSpentTwice(@ForAll("deeds") List<Deed> deeds) {
        Run run = new Run();
        for (Deed deed : deeds) {
            run.perform(deed);
            assertThat(run.zendesk.violations)
                    .as("refresh tokens presented after a final answer")
                    .isZero();
        }
        run.heal();
        if (!run.zendesk.isLost(run.world.storedRefreshToken()) && !run.lostWithAProcess) {
            run.managers.forEach(manager -> assertThatItWorks(run, manager));
        } else {
            run.managers.forEach(manager -> assertThatItWorksOrSaysWhyNot(run, manager));
        }
        assertThat(run.zendesk.violations).isZero();
    }

    private static void assertThatItWorks(Run run, DefaultTokenManager manager) {
        Authorization authorization = manager.authorization().join();
        if (!run.zendesk.isAlive(authorization)) {
            manager.reject(authorization.generation());
            authorization = manager.authorization().join();
        }
        assertThat(run.zendesk.isAlive(authorization)).isTrue();
    }

    private static void assertThatItWorksOrSaysWhyNot(Run run, DefaultTokenManager manager) {
        try {
            assertThatItWorks(run, manager);
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(AuthorizationRequired.class, required -> assertThat(required.reason())
                            .isEqualTo(AuthorizationRequired.Reason.RESPONSE_LOST));
        }
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(ZendeskAuthException.class);
        }
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, PROCESSES - 1),
                        Arbitraries.integers().between(0, 11))
                .as(Deed::new)
                .list()
                .ofMaxSize(30);
    }
}
