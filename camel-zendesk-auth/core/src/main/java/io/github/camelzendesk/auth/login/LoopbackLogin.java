package io.github.camelzendesk.auth.login;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.Authorizer;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * A login through the browser of this machine, whose callback is received on a loopback address (RFC 8252 section 7.3).
 * Thread-safe: several logins at once are told apart by their state.
 */
public final class LoopbackLogin implements Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackLogin.class);

    private final Browser browser;
    private final Duration timeout;
    private final Wait wait;
    private final AtomicReference<@Nullable URI> waiting = new AtomicReference<>();

    public LoopbackLogin(Browser browser, Duration timeout) {
        this(browser, timeout, (ended, limit) -> ended.await(limit.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @param wait how a login waits for its end */
    LoopbackLogin(Browser browser, Duration timeout, Wait wait) {
        this.browser = browser;
        this.timeout = timeout;
        this.wait = wait;
    }

    /** Waits on the calling thread; false after the timeout. */
    @FunctionalInterface
    interface Wait {
        boolean await(CountDownLatch ended, Duration limit) throws InterruptedException;
    }

    /** Whether a callback to this address can be received here: http, on a loopback host. */
    public static boolean canReceive(@Nullable String callbackUrl) {
        try {
            URI uri = URI.create(callbackUrl == null ? "" : callbackUrl.trim());
            return "http".equalsIgnoreCase(uri.getScheme())
                    && uri.getHost() != null
                    && LoopbackReceiver.NAMES.contains(uri.getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public CompletableFuture<AuthorizationCode> authorize(AuthorizationUrl url) {
        Pkce pkce = Pkce.create();
        String state = Pkce.state();
        CompletableFuture<Secret> callback;
        try {
            callback = LoopbackReceiver.await(URI.create(url.redirectUri().trim()), state, url.issuer());
        } catch (ConfigurationRefused e) {
            return CompletableFuture.failedFuture(e);
        }
        endAfterTimeout(callback);
        URI address = url.with(state, pkce.challenge());
        waiting.set(address);
        LOG.info("Log in to Zendesk within {} s: open {}", timeout.toSeconds(), address);
        // The caller may be the thread that renews tokens for others, and a browser takes its time.
        LoopbackListener.daemon("zendesk-auth-browser", () -> open(address));
        CompletableFuture<Secret> received =
                callback.whenComplete((code, error) -> waiting.compareAndSet(address, null));
        return cancelledTogether(received.thenApply(code -> new AuthorizationCode(code, pkce.verifier())), callback);
    }

    /** Of the login that began last. */
    @Override
    public @Nullable URI address() {
        return waiting.get();
    }

    /** Cancelling the result cancels the callback, which frees its port. */
    private static <T> CompletableFuture<T> cancelledTogether(
            CompletableFuture<T> result, CompletableFuture<?> callback) {
        result.whenComplete((code, error) -> {
            if (result.isCancelled()) {
                callback.cancel(false);
            }
        });
        return result;
    }

    private void open(URI address) {
        boolean opened = false;
        try {
            opened = browser.open(address);
        } catch (RuntimeException | Error e) {
            LOG.debug("The browser failed", e);
        }
        if (!opened) {
            LOG.info("No browser could be opened here: open the address above in one on this machine.");
        }
    }

    /** Has a thread of its own: a shared one would run what depends on the login, and outlive the application. */
    private void endAfterTimeout(CompletableFuture<Secret> callback) {
        CountDownLatch ended = new CountDownLatch(1);
        callback.whenComplete((code, error) -> ended.countDown());
        LoopbackListener.daemon("zendesk-auth-login-timeout", () -> {
            try {
                if (!wait.await(ended, timeout)) {
                    callback.completeExceptionally(timedOut(timeout));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static AuthorizationRequired timedOut(Duration timeout) {
        return new AuthorizationRequired(
                AuthorizationRequired.Reason.LOGIN_FAILED,
                "Nobody finished the login within loginTimeout (" + timeout.toSeconds()
                        + " s). If the browser shows an error of Zendesk's, such as invalid_request: oauthClientId and"
                        + " callbackUrl must be as they are registered in Admin Center.");
    }
}
