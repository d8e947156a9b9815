package io.github.camelzendesk.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.benchmarks.TemporaryFolder;

/** A stand-in with one grant and a slow token endpoint, for one run. */
final class Rig implements AutoCloseable {
    private static final Duration LATENCY = Duration.ofMillis(200);
    private static final Duration LANDING = Duration.ofSeconds(1);

    final ZendeskServer server = ZendeskServer.start();
    final Account account;
    private final TemporaryFolder folder = TemporaryFolder.create();

    Rig() throws IOException {
        RegisteredClient client = server.confidentialClient("app");
        IssuedTokens grant = server.issue(client, "read write");
        account = new Account(server.url(), client.identifier(), client.secret(), grant.refreshToken(), folder.path());
        server.always(TokenFault.delay(LATENCY));
    }

    Result result(Contender contender, Tally tally) {
        return new Result(
                server.tokenRequestCount(),
                server.refreshTokenReuseCount(),
                tally.of(Outcome.VALID),
                tally.of(Outcome.DEAD),
                tally.of(Outcome.FAILED),
                contender.refreshes() && alive(contender),
                tally.failures());
    }

    /** Whether a restart could go on. A renewal that is under way when the callers stop may still land. */
    private boolean alive(Contender contender) {
        long end = System.nanoTime() + LANDING.toNanos();
        while (!isStoredTokenLive(contender)) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return true;
    }

    private boolean isStoredTokenLive(Contender contender) {
        try {
            String stored = contender.storedRefreshToken(account);
            return stored != null && server.liveRefreshTokens().contains(stored);
        } catch (Exception e) {
            return false; // What cannot be read is lost.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        folder.close();
    }
}
