package io.github.camelzendesk.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.login.Pkce;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.Secret;

/** Performs the operations on exchanges. Thread-safe; blocks no thread. */
final class ZendeskAuthProducer extends DefaultAsyncProducer {
    private final ZendeskAuthEndpoint endpoint;
    private final Executor continuations;
    private final MessageInput input;
    private final AuthorizationHeaders headers;

    ZendeskAuthProducer(ZendeskAuthEndpoint endpoint, Executor continuations) {
        super(endpoint);
        this.endpoint = endpoint;
        this.continuations = continuations;
        this.input = new MessageInput(endpoint.getConfiguration());
        this.headers = new AuthorizationHeaders(endpoint.getConfiguration());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Message message = exchange.getMessage();
        // First, whatever happens after.
        headers.remove(message);
        try {
            return perform(input.operation(message), exchange, callback);
        } catch (RuntimeException e) {
            exchange.setException(e);
            callback.done(true);
            return true;
        }
    }

    private boolean perform(ZendeskAuthOperation asked, Exchange exchange, AsyncCallback callback) {
        Message message = exchange.getMessage();
        return switch (asked) {
            case authenticate -> authenticate(exchange, callback);
            case authorizationUrl -> done(callback, () -> authorizationUrl(message));
            case status ->
                done(callback, () -> message.setBody(manager().status().asMap()));
            case exchangeCode ->
                later(manager().exchangeCode(code(message)), exchange, callback, now -> message.setBody(now.asMap()));
            case refresh -> later(manager().refresh(), exchange, callback, now -> message.setBody(now.asMap()));
            case verify -> later(manager().verify(), exchange, callback, message::setBody);
            case revoke -> later(manager().revoke(), exchange, callback, now -> message.setBody(now.asMap()));
        };
    }

    private boolean authenticate(Exchange exchange, AsyncCallback callback) {
        TokenManager manager = manager();
        Authorization fresh = manager.fresh();
        if (fresh == null) {
            return later(
                    manager.authorization(), exchange, callback, late -> headers.attach(exchange.getMessage(), late));
        }
        headers.attach(exchange.getMessage(), fresh);
        callback.done(true);
        return true;
    }

    private void authorizationUrl(Message message) {
        Pkce pkce = Pkce.create();
        String state = Pkce.state();
        message.setBody(
                manager().authorizationUrl().with(state, pkce.challenge()).toString());
        message.setHeader(ZendeskAuthConstants.STATE, state);
        message.setHeader(ZendeskAuthConstants.PKCE_VERIFIER, pkce.verifier().reveal());
    }

    private AuthorizationCode code(Message message) {
        Message login = message.copy();
        // Off the message before anything can fail: errors go to other endpoints, and the code may still be good.
        MessageInput.OF_A_LOGIN.forEach(message::removeHeader);
        PastedCallback callback = PastedCallback.parse(
                needed(login, ZendeskAuthConstants.CODE, "the code of the callback"), ZendeskAuthConstants.CODE);
        callback.requireIssuer(manager().authorizationUrl().issuer());
        callback.requireState(input.header(login, ZendeskAuthConstants.STATE));
        return new AuthorizationCode(
                callback.code(),
                Secret.of(needed(
                        login,
                        ZendeskAuthConstants.PKCE_VERIFIER,
                        "the verifier that operation=authorizationUrl gave")));
    }

    private String needed(Message login, String header, String what) {
        String value = input.header(login, header);
        if (value == null || value.isBlank()) {
            throw new ConfigurationRefused(
                    "operation=exchangeCode needs " + what + " in the header " + header + ", which is empty.");
        }
        return value;
    }

    /** Asked for each time, because a kept producer may outlive it. */
    private TokenManager manager() {
        return endpoint.getTokenManager();
    }

    private static boolean done(AsyncCallback callback, Runnable work) {
        work.run();
        callback.done(true);
        return true;
    }

    private <T> boolean later(
            CompletableFuture<T> result, Exchange exchange, AsyncCallback callback, Consumer<? super T> use) {
        if (result.isDone() && !result.isCompletedExceptionally()) {
            use.accept(result.join());
            callback.done(true);
            return true;
        }
        result.whenCompleteAsync((value, error) -> finish(value, error, exchange, callback, use), continuations);
        return false;
    }

    private static <T> void finish(
            T value, Throwable error, Exchange exchange, AsyncCallback callback, Consumer<? super T> use) {
        try {
            if (error == null) {
                use.accept(value);
            } else {
                exchange.setException(error instanceof CompletionException ? error.getCause() : error);
            }
        } catch (RuntimeException e) {
            exchange.setException(e);
        } finally {
            callback.done(false);
        }
    }
}
