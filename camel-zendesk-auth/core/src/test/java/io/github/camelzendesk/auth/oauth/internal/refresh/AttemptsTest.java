package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConnectionState;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** One attempt at a time: what overtakes it, what ends it, and what begins after it. */
class AttemptsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final EngineFixture world = new EngineFixture();
    private final List<CompletableFuture<AuthorizationCode>> logins = new ArrayList<>();

    AttemptsTest() {
        world.authorizer = url -> {
            logins.add(new CompletableFuture<>());
            return logins.get(logins.size() - 1);
        };
    }

    @Test
    void aCodeOvertakesALoginThatWaitsForAPersonAndServesItsCallers() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();
        world.grants("a1", "r1", LIFETIME);

        CompletableFuture<?> exchanged = manager.exchangeCode(code("pasted"));

        assertThat(exchanged).isCompleted();
        assertThat(caller)
                .isCompletedWithValueMatching(tokens -> tokens.headerValue().equals("Bearer a1"));
        assertThat(logins).singleElement().satisfies(login -> assertThat(login).isCancelled());
    }

    @Test
    void aLoginThatCannotBeCancelledKeepsNobodyFromAnAnswer() {
        world.authorizer = url -> new Uncancellable();
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.exchangeCode(code("pasted"))).isCompleted();
        assertThat(caller).isCompleted();
    }

    @Test
    void aCloseAnswersTheCallersOfALoginThatCannotBeCancelled() {
        world.authorizer = url -> new Uncancellable();
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();

        manager.close();

        assertThat(caller).isCompletedExceptionally();
    }

    private static final class Uncancellable extends CompletableFuture<AuthorizationCode> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            throw new IllegalStateException("not to be cancelled");
        }
    }

    @Test
    void aRevocationAsksNobodyToLogIn() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThat(manager.revoke().join().asMap()).containsEntry("authorizationRequired", "REVOKED");
        assertThat(logins).isEmpty();
    }

    @Test
    void aRefreshTokenThatIsKeptFromLapsingOpensNoBrowserWhileNobodyIsAtWork() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        world.grants("a1", "r1", Duration.ofMinutes(30));
        manager.refresh().join();
        for (int request = 0; request < 100; request++) {
            world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        }

        world.pass(Duration.ofDays(20));

        assertThat(world.requests).hasSize(2);
        assertThat(logins).isEmpty();
        assertThat(manager.state()).isEqualTo(ConnectionState.AUTHORIZATION_REQUIRED);
    }

    @Test
    void aCodeThatWaitedForAnAttemptDoesNotWaitForThePersonWhomThatAsks() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, "r0"));
        AtomicReference<CompletableFuture<?>> exchanged = new AtomicReference<>();
        world.duringRequest = () -> {
            world.duringRequest = () -> {};
            exchanged.set(manager.exchangeCode(code("pasted")));
        };
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));
        world.grants("a1", "r1", LIFETIME);

        CompletableFuture<Authorization> caller = manager.authorization();

        assertThat(exchanged.get()).isCompleted();
        assertThat(caller).isCompleted();
        assertThat(logins).singleElement().satisfies(login -> assertThat(login).isCancelled());
    }

    @Test
    void aCodeThatZendeskRefusesEndsTheWaitForThePersonAndTheNextOneIsAskedLater() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();
        world.outcomes.add(new TokenRequestOutcome.Rejected("invalid_grant", null));

        assertThatThrownBy(() -> manager.exchangeCode(code("wrong")).join())
                .hasCauseInstanceOf(AuthorizationRequired.class);
        assertThatThrownBy(caller::join).hasCauseInstanceOf(AuthorizationRequired.class);
        world.pass(Duration.ofMinutes(1));
        manager.authorization();

        assertThat(logins).hasSize(2);
    }

    @Test
    void theCodeOfALoginThatWasOvertakenIsNotSent() {
        // One that takes no notice of the cancelling.
        CompletableFuture<AuthorizationCode> deaf = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        world.authorizer = url -> deaf;
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        manager.authorization();
        world.grants("a1", "r1", LIFETIME);
        manager.exchangeCode(code("pasted")).join();

        deaf.complete(code("late"));

        assertThat(world.requests).hasSize(1);
    }

    @Test
    void aRefreshThatWaitsForALoginIsServedByTheLoginElsewhereThatEndsIt() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();
        CompletableFuture<?> refreshed = manager.refresh();

        world.loginElsewhere("b1", "s1");
        world.pass(PollRateLimiter.EVERY);

        assertThat(caller.join().headerValue()).isEqualTo("Bearer b1");
        assertThat(refreshed).isCompleted();
        assertThat(world.requests).as("it is new").isEmpty();
        assertThat(logins).singleElement().satisfies(login -> assertThat(login).isCancelled());
    }

    @Test
    void anyNumberOfRefreshesBehindALoginAskThePersonOnce() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        manager.authorization();
        List<CompletableFuture<?>> refreshed = new ArrayList<>();
        IntStream.range(0, 5_000).forEach(time -> refreshed.add(manager.refresh()));

        logins.get(0)
                .completeExceptionally(
                        new AuthorizationRequired(AuthorizationRequired.Reason.LOGIN_FAILED, "nobody came"));

        assertThat(refreshed).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(logins).hasSize(1);
    }

    @Test
    void whatFollowsTheAnswerOfALoginElsewhereHoldsUpNobody() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        List<Boolean> answered = new ArrayList<>();
        CompletableFuture<Void> followed =
                manager.authorization().thenAccept(tokens -> answered.add(elsewhere(() -> manager.reject(99))));

        world.loginElsewhere("b1", "s1");
        world.pass(PollRateLimiter.EVERY);

        assertThat(followed).isCompleted();
        assertThat(answered).as("another thread's call came through").hasSize(1);
    }

    private static boolean elsewhere(BooleanSupplier call) {
        return CompletableFuture.supplyAsync(call::getAsBoolean)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aCloseEndsALoginAndAnswersItsCallersAndAllWhoWaitBehindIt() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        List<CompletableFuture<?>> waiting = List.of(manager.authorization(), manager.refresh(), manager.refresh());

        manager.close();

        assertThat(waiting).allSatisfy(one -> assertThatThrownBy(one::join)
                .hasCauseInstanceOf(ZendeskAuthException.class)
                .hasMessageContaining("is being closed"));
        assertThat(logins).singleElement().satisfies(login -> assertThat(login).isCancelled());
        assertThatThrownBy(() -> manager.exchangeCode(code("late")).join()).hasMessageContaining("is being closed");
        assertThat(world.requests).isEmpty();
    }

    @Test
    void aLoginThatIsBegunWhileTheManagerIsClosedIsEndedAtOnce() {
        AtomicReference<DefaultTokenManager> manager = new AtomicReference<>();
        CompletableFuture<AuthorizationCode> login = new CompletableFuture<>();
        world.authorizer = url -> {
            // By a thread of its own, because it waits for what is under way.
            Thread closing = new Thread(manager.get()::close);
            closing.setDaemon(true);
            closing.start();
            while (!isClosed(manager.get())) {
                Thread.onSpinWait();
            }
            return login;
        };
        manager.set(started(EngineFixture.grant(null, null)));

        assertThatThrownBy(() -> manager.get().authorization().join()).hasMessageContaining("is being closed");
        assertThat(login).isCancelled();
    }

    /** What is asked of a closed one is refused. */
    private static boolean isClosed(DefaultTokenManager manager) {
        return manager.exchangeCode(code("x")).isCompletedExceptionally();
    }

    @Test
    void aLoginWhoseAuthorizerKeepsNoLimitEndsSoonAfterTheLoginTimeout() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        CompletableFuture<Authorization> caller = manager.authorization();

        world.pass(Duration.ofMinutes(5).plusSeconds(10));

        assertThatThrownBy(caller::join).hasCauseInstanceOf(AuthorizationRequired.class);
        assertThat(logins.get(0)).isCancelled();
    }

    @Test
    void eachCallerHasAnErrorOfItsOwn() {
        DefaultTokenManager manager = started(EngineFixture.grant(null, null));
        List<CompletableFuture<?>> callers =
                new ArrayList<>(List.of(manager.authorization(), manager.authorization(), manager.refresh()));
        logins.get(0)
                .completeExceptionally(
                        new AuthorizationRequired(AuthorizationRequired.Reason.LOGIN_FAILED, "nobody came"));
        callers.add(manager.authorization());

        List<Throwable> errors = callers.stream()
                .map(caller -> caller.handle((value, error) -> error).join())
                .map(TaskScheduler::cause)
                .toList();

        assertThat(errors).doesNotHaveDuplicates().allSatisfy(error -> assertThat(error)
                .isInstanceOfSatisfying(AuthorizationRequired.class, required -> assertThat(required.reason())
                        .isEqualTo(AuthorizationRequired.Reason.LOGIN_FAILED))
                .hasMessage("nobody came"));
    }

    @Test
    void anErrorOfTheServerEndsTheAttemptAndTheNextOneBegins() {
        DefaultTokenManager manager = world.manager(EngineFixture.grant(null, "r0"), world, world, new Elsewhere());
        world.duringRequest = () -> {
            throw new NoClassDefFoundError("scripted");
        };
        assertThat(manager.authorization())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(TokenEndpointUnavailable.class);

        world.duringRequest = () -> {};
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.refresh()).isCompleted();
    }

    @Test
    void anErrorOfTheStoreEndsTheAttemptAndTheNextOneBegins() {
        AtomicReference<Error> broken = new AtomicReference<>(new NoClassDefFoundError("scripted"));
        DefaultTokenManager manager = world.manager(
                EngineFixture.grant(null, "r0"),
                world,
                new Read(world, stored -> {
                    if (broken.get() != null) {
                        throw broken.get();
                    }
                }),
                new Elsewhere());
        assertThat(manager.authorization())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(SettingsUnavailable.class);

        broken.set(null);
        world.grants("a1", "r1", LIFETIME);

        assertThat(manager.refresh()).isCompleted();
    }

    @Test
    void aReadingOfTheStoreThatTookLongDoesNotReplaceTokensThatCameMeanwhile() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        DefaultTokenManager manager = world.manager(
                EngineFixture.grant(null, null),
                world,
                new Read(world, read -> meanwhile.getAndSet(() -> {}).run()),
                world);
        world.loginElsewhere("b1", "s1");
        world.grants("c1", "t1", LIFETIME);
        meanwhile.set(() -> manager.exchangeCode(code("pasted")).join());

        manager.start();

        assertThat(world.storedRefreshToken()).isEqualTo("t1");
        assertThat(manager.current().peek().headerValue()).isEqualTo("Bearer c1");
        assertThat(manager.fresh()).isNotNull();
    }

    @Test
    void managersOfOnePlaceHaveEachOthersTokensAtOnceThoughNobodyWatchesTheStore() {
        DefaultTokenManager one =
                world.manager(EngineFixture.grant(null, null), world, new Read(world, read -> {}), world);
        DefaultTokenManager other =
                world.manager(EngineFixture.grant(null, null), world, new Read(world, read -> {}), world);
        one.start();
        other.start();
        world.grants("a1", "r1", LIFETIME);

        one.exchangeCode(code("pasted")).join();

        assertThat(other.fresh().headerValue()).isEqualTo("Bearer a1");
    }

    /** Runs what calls Zendesk as another thread would, whose errors are no concern of the one that hands it over. */
    private final class Elsewhere implements InTheWorld {
        @Override
        public void call(String account, Runnable work) {
            CompletableFuture.runAsync(work, Runnable::run);
        }

        @Override
        public EngineFixture world() {
            return world;
        }
    }

    /** The store of the world, without a stamp: so nobody watches it. Does something after each reading. */
    private record Read(EngineFixture world, Consumer<Optional<OAuthSettings>> after) implements SettingsStore {
        @Override
        public String identity() {
            return world.identity();
        }

        @Override
        public Optional<OAuthSettings> load() {
            Optional<OAuthSettings> read = world.load();
            after.accept(read);
            return read;
        }

        @Override
        public Optional<SettingsTransaction> begin(Duration patience) {
            return world.begin(patience);
        }
    }

    private DefaultTokenManager started(Credentials credentials) {
        DefaultTokenManager manager = world.manager(credentials);
        manager.start();
        return manager;
    }

    private static AuthorizationCode code(String code) {
        return new AuthorizationCode(Secret.of(code), Secret.of("v"));
    }
}
