package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.camelzendesk.auth.login.LoopbackLogin;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.engine.SharedThreads;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenResponse;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/** What a web application does with the engine from its start to its end. */
public final class Deployed implements Runnable {
    private static final String URL = "https://deployed.example";

    private final EngineContext context = new EngineContext(
            InstantSource.system(),
            System::nanoTime,
            new Random(1),
            SharedThreads.instance(),
            new LoopbackLogin(address -> true, Duration.ofMinutes(5)),
            TokenListener.NONE);

    @Override
    public void run() {
        useAndClose(manager("r0"));
        DefaultTokenManager asking = manager(null);
        CompletableFuture<Authorization> caller = asking.authorization();
        CompletableFuture<Map<String, Object>> verified = asking.verify();
        verified.exceptionally(error -> null).join();
        asking.close();
        caller.exceptionally(error -> null).join();
    }

    private static void useAndClose(DefaultTokenManager manager) {
        manager.authorization().join();
        manager.refresh().join();
        manager.close();
    }

    private DefaultTokenManager manager(String refreshToken) {
        Connection rig = RiggedManager.connection(URL, "app", "s", refreshToken);
        Credentials.Grant grant = (Credentials.Grant) rig.credentials();
        Connection connection = new Connection(
                "deployed",
                URL,
                new Credentials.Grant(
                        grant.client(), "http://127.0.0.1:" + freePort(), grant.scope(), grant.bootstrap()),
                rig.endpoints(),
                rig.lifetimes(),
                rig.timeouts());
        DefaultTokenManager manager = new DefaultTokenManager(
                connection, RiggedFiles.inMemory(UUID.randomUUID().toString(), URL, "app"), new Granting(), context);
        manager.start();
        return manager;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Granting implements AuthorizationServer {
        private int granted;

        @Override
        public TokenRequestOutcome request(TokenRequest request) {
            granted++;
            return new TokenRequestOutcome.Granted(new TokenResponse(
                    Secret.of("a" + granted),
                    Secret.of("r" + granted),
                    null,
                    Duration.ofMinutes(30),
                    Duration.ofDays(30)));
        }

        @Override
        public TokenKnowledge describe(Secret accessToken) {
            return TokenKnowledge.NONE;
        }

        @Override
        public Map<String, Object> whoAmI(Secret authorizationHeader) {
            return Map.of("id", 1);
        }

        @Override
        public void revoke(Secret accessToken) {}
    }
}
