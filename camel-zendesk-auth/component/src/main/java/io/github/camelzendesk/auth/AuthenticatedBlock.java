package io.github.camelzendesk.auth;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * What a {@link ZendeskAuthPolicy} makes of a block: the same steps, with credentials for as long as they take. Safe for
 * use by several threads; parks none of them.
 */
final class AuthenticatedBlock extends DelegateAsyncProcessor {
    private final ZendeskAuthEndpoint endpoint;
    private final Attachment attachment;

    AuthenticatedBlock(ZendeskAuthEndpoint endpoint, Processor block) {
        super(block);
        this.endpoint = endpoint;
        this.attachment = new Attachment(endpoint);
    }

    /** Always goes on through the callback: Camel's channels call it once, and what they return says little. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        attachment.removeForeign(exchange.getMessage());
        Run run = new Run(exchange, callback);
        Authorization fresh = endpoint.getTokenManager().fresh();
        if (fresh == null) {
            run.later(endpoint.getTokenManager().authorization());
        } else {
            run.first(fresh);
        }
        return false;
    }

    /** One exchange on its way through the block, at most twice. */
    private final class Run {
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final Executor continuations = ((ZendeskAuthComponent) endpoint.getComponent()).continuations();
        private Message original;
        private Authorization used;
        private boolean replayed;

        Run(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
        }

        void first(Authorization authorization) {
            try {
                original = replayable();
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            pass(authorization);
        }

        void later(CompletableFuture<Authorization> coming) {
            coming.whenCompleteAsync(this::arrived, continuations);
        }

        private void arrived(Authorization authorization, Throwable error) {
            if (error != null) {
                fail(error instanceof CompletionException ? error.getCause() : error);
            } else if (original == null) {
                first(authorization);
            } else if (authorization.generation() == used.generation()) {
                // Nothing newer could be had, so the refusal stands.
                finish();
            } else {
                replay(authorization);
            }
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
            try {
                attachment.attach(exchange.getMessage(), authorization);
            } catch (RuntimeException e) {
                fail(e);
                return;
            }
            processor.process(exchange, doneSync -> passed());
        }

        /** After the block: once more with another token, or the end. */
        private void passed() {
            if (isWorthAnotherToken()) {
                attachment.remove(exchange.getMessage());
                later(manager().authorization());
            } else {
                finish();
            }
        }

        private boolean isWorthAnotherToken() {
            try {
                return !replayed
                        && InvalidToken.isAnswerOf(exchange)
                        && manager().reject(used.generation());
            } catch (RuntimeException e) {
                // An answer that cannot be read says nothing of the token.
                return false;
            }
        }

        private void fail(Throwable error) {
            exchange.setException(error);
            finish();
        }

        private void finish() {
            attachment.remove(exchange.getIn());
            attachment.remove(exchange.getMessage());
            callback.done(false);
        }

        /** The message as it came, with a body that can be read twice. */
        private Message replayable() {
            InvalidToken.cacheStream(exchange.getMessage());
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
