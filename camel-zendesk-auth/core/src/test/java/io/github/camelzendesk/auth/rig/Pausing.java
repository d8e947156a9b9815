package io.github.camelzendesk.auth.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/**
 * The child that is stopped and goes on: at each line that it reads, all its grants are renewed, one
 * shortly after the other.
 */
public final class Pausing {
    static final Duration EXCHANGE = Duration.ofSeconds(3);
    private static final long APART_NANOS = 25_000_000;

    private Pausing() {}

    public static void main(String[] args) throws IOException {
        List<TokenManager> managers = new ArrayList<>();
        for (String refreshToken : System.getProperty("rig.refreshTokens").split(",")) {
            managers.add(open("http://grant" + managers.size() + ".example", refreshToken));
        }
        managers.forEach(manager -> manager.authorization().join());
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            renew(managers).forEach(outcome -> System.out.println(outcome.join()));
        }
    }

    private static List<CompletableFuture<String>> renew(List<TokenManager> managers) {
        List<CompletableFuture<String>> outcomes = new ArrayList<>();
        for (TokenManager manager : managers) {
            outcomes.add(manager.refresh().thenApply(status -> "ok").exceptionally(Throwable::toString));
            LockSupport.parkNanos(APART_NANOS);
        }
        return outcomes;
    }

    /** Each of an account of its own, so that none waits for another's turn. */
    private static TokenManager open(String account, String refreshToken) {
        String client = System.getProperty("rig.client");
        Path file = Path.of(System.getProperty("rig.directory")).resolve(account.replaceAll("\\W", "-"));
        return RiggedManager.open(
                RiggedManager.connection(
                        account,
                        System.getProperty("rig.url"),
                        client,
                        System.getProperty("rig.secret"),
                        refreshToken,
                        EXCHANGE),
                RiggedFiles.store(file, account, client, Steps.NONE),
                Steps.NONE);
    }
}
