package io.github.camelzendesk.auth;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * What a {@link ZendeskAuthPolicy} makes of a block: the same steps, with credentials for as long as they take.
 * Thread-safe; blocks no thread.
 */
final class AuthenticatedBlock extends DelegateAsyncProcessor implements EndpointAware {
    private final ZendeskAuthEndpoint endpoint;
    private final AuthorizationHeaders headers;
    private final boolean hasErrorHandlers;

    /** @param hasErrorHandlers whether Camel would run the error handler of the route within the block */
    AuthenticatedBlock(ZendeskAuthEndpoint endpoint, Processor block, boolean hasErrorHandlers) {
        super(block);
        this.endpoint = endpoint;
        this.hasErrorHandlers = hasErrorHandlers;
        this.headers = new AuthorizationHeaders(endpoint.getConfiguration());
    }

    /** Always goes on through the callback: Camel's channels call it once, and what they return says little. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        new Run(exchange, callback).begin();
        return false;
    }

    /** Tells Camel that the route uses it: so it stays while the route does, and goes with the last such route. */
    @Override
    public Endpoint getEndpoint() {
        return endpoint;
    }

    /** One exchange on its way through the block, at most twice. */
    private final class Run {
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Executor continuations = endpoint.component().continuations();
        private Message original;
        private Authorization used;
        private boolean replayed;
        private boolean ended;
        private final Object doTryAround;

        Run(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
            this.doTryAround = exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK);
            if (hasErrorHandlers) {
                // The error handler would meet the credentials. In a doTry it does not run.
                exchange.setProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, true);
            }
        }

        void begin() {
            step(() -> {
                headers.remove(exchange.getMessage());
                Authorization fresh = manager().fresh();
                if (fresh == null) {
                    later();
                } else {
                    first(fresh);
                }
            });
        }

        /** What goes wrong in a step ends the exchange: nobody else calls back, so its route would wait for ever. */
        private void step(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }

        private void first(Authorization authorization) {
            original = replayable();
            pass(authorization);
        }

        private void later() {
            manager()
                    .authorization()
                    .whenCompleteAsync((fresh, error) -> step(() -> arrived(fresh, error)), continuations);
        }

        private void arrived(Authorization authorization, Throwable error) {
            if (error == null) {
                first(authorization);
            } else {
                fail(cause(error));
            }
        }

        private Throwable cause(Throwable error) {
            return error instanceof CompletionException ? error.getCause() : error;
        }

        private void replay(Authorization authorization) {
            replayed = true;
            exchange.setException(null);
            exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
            exchange.getExchangeExtension().setRedeliveryExhausted(false);
            exchange.setOut(null);
            exchange.setIn(original.copy());
            if (exchange.getIn().getBody() instanceof StreamCache stream) {
                stream.reset();
            }
            pass(authorization);
        }

        private void pass(Authorization authorization) {
            used = authorization;
            headers.attach(exchange.getMessage(), authorization);
            processor.process(exchange, doneSync -> step(this::passed));
        }

        /** After the block: once more with another token, or the end. */
        private void passed() {
            if (isRefused()) {
                headers.remove(exchange.getMessage());
                manager()
                        .replace(used)
                        .whenCompleteAsync((other, error) -> step(() -> replaced(other, error)), continuations);
            } else {
                finish();
            }
        }

        private void replaced(Optional<Authorization> other, Throwable error) {
            if (error != null) {
                fail(cause(error));
            } else if (other.isEmpty()) {
                // Nothing newer could be had, so the refusal is the answer.
                finish();
            } else {
                replay(other.get());
            }
        }

        private boolean isRefused() {
            try {
                return !replayed && hasAnswer() && InvalidTokenResponse.isAnswerOf(exchange);
            } catch (RuntimeException e) {
                // An answer that cannot be read says nothing of the token.
                return false;
            }
        }

        /** Not where the block has left the message as it came, with the answer of an earlier call on it, or of nobody. */
        private boolean hasAnswer() {
            Object body = exchange.getMessage().getBody();
            return exchange.getException() != null || body == null || body != original.getBody();
        }

        private void fail(Throwable error) {
            exchange.setException(error);
            finish();
        }

        private void finish() {
            if (ended) {
                return;
            }
            ended = true;
            try {
                headers.remove(exchange.getIn());
                headers.remove(exchange.getMessage());
                if (hasErrorHandlers) {
                    leaveErrorsToTheHandler();
                }
            } catch (RuntimeException | Error e) {
                // The message may still carry the credentials.
                exchange.setOut(null);
                exchange.setIn(new DefaultMessage(exchange));
                exchange.setException(e);
            }
            callback.done(false);
        }

        /** Camel takes it that the error handler has tried already, within. */
        private void leaveErrorsToTheHandler() {
            if (exchange.getException() != null) {
                exchange.getExchangeExtension().setRedeliveryExhausted(false);
            }
            if (doTryAround == null) {
                exchange.removeProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK);
            } else {
                exchange.setProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, doTryAround);
            }
        }

        /** The message as it came, with a body that can be read twice. */
        private Message replayable() {
            InvalidTokenResponse.cacheStream(exchange.getMessage());
            if (exchange.getMessage().getBody() instanceof StreamCache stream) {
                stream.reset();
            }
            return exchange.getMessage().copy();
        }

        private TokenManager manager() {
            return endpoint.getTokenManager();
        }
    }
}
