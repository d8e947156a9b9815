package io.github.camelzendesk.auth.testkit;

import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/** How Zendesk answers, from the consent page to the API. Thread-safe: one lock guards all. */
final class Protocol {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private Account account; // guarded by lock

    Protocol(InstantSource clock) {
        this.clock = clock;
        this.account = Tickets.inANewAccount(clock);
    }

    ResponseDefinition answer(Call call) {
        return read(known -> switch (call.path()) {
            case "/oauth/tokens" -> new FakeTokenEndpoint(known).answer(call);
            case "/oauth/authorizations/new" ->
                new ConsentEndpoint(known).answer(call).definition();
            default -> new Api(known).answer(call);
        });
    }

    void reset() {
        change(known -> account = Tickets.inANewAccount(clock));
    }

    <T extends @Nullable Object> T read(Function<Account, T> work) {
        lock.lock();
        try {
            return work.apply(account);
        } finally {
            lock.unlock();
        }
    }

    void change(Consumer<Account> work) {
        lock.lock();
        try {
            work.accept(account);
        } finally {
            lock.unlock();
        }
    }
}
