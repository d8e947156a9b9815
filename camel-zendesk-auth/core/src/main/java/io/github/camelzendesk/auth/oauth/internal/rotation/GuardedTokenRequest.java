package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * Exchanges a refresh token or a code, which can be used once, for tokens: stores a note, reserves space, sends, and
 * stores what the answer means ({@link Verdict}). For one thread at a time, within a transaction of the store.
 */
final class GuardedTokenRequest {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);
    // Time to store the answer of a request that outlived its lock.
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private final Connection connection;
    private final SettingsStore store;
    private final AuthorizationServer server;
    private final EngineContext context;
    private final Ledger ledger;
    private final KnownSettings known;
    private final Runnable beforeSending;
    private final AnswerRemarks remarks;

    GuardedTokenRequest(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context,
            Ledger ledger,
            KnownSettings known,
            Runnable beforeSending) {
        this.connection = connection;
        this.store = store;
        this.server = server;
        this.context = context;
        this.ledger = ledger;
        this.known = known;
        this.beforeSending = beforeSending;
        this.remarks = new AnswerRemarks(connection);
    }

    /** What is known of the end of this grant, here or in the store; null while it is in force. */
    @Nullable
    EndedGrant endOf(OAuthSettings settings) {
        String grant = settings.tokens() == null ? "" : settings.tokens().fingerprint();
        EndedGrant here = ledger.ended();
        EndedGrant ended = here != null && here.fingerprint().equals(grant) ? here : settings.ended();
        return ended != null && ended.fingerprint().equals(grant) ? ended : null;
    }

    /** Whether it can serve, now or after a refresh. */
    boolean isInForce(OAuthSettings settings) {
        return endOf(settings) == null && (settings.refreshToken() != null || known.isFresh(settings));
    }

    boolean canRefresh(OAuthSettings settings) {
        return settings.refreshToken() != null && endOf(settings) == null;
    }

    /** The refresh of these settings' tokens. */
    NotedRequest refresh(OAuthSettings found, OAuthSettings base) {
        OAuthClient client = ((Credentials.Renewable) connection.credentials()).client();
        return request(found, base, new TokenRequest.Refresh(client, Objects.requireNonNull(base.refreshToken())));
    }

    /**
     * A refresh token or code to send.
     *
     * @param base what the tokens of the answer descend from: the settings that were found, or the grant of the
     *     configuration. What is stored stays there until the answer takes its place
     */
    NotedRequest request(OAuthSettings found, OAuthSettings base, TokenRequest request) {
        return NotedRequest.of(
                found,
                base,
                request,
                context.clock().instant(),
                connection.timeouts().exchange().plus(AFTERWARDS));
    }

    /** Stores a note of the request, and reserves space for its answer. When either throws, nothing was spent. */
    NotedRequest note(SettingsTransaction transaction, NotedRequest request) {
        ledger.save(transaction, request.noted());
        try {
            transaction.reserve();
        } catch (SettingsStoreException e) {
            // Nothing is sent, so no other process should wait for it.
            withdraw(transaction, request);
            throw e;
        }
        return request;
    }

    private void withdraw(SettingsTransaction transaction, NotedRequest request) {
        try {
            ledger.save(transaction, request.unspent());
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the settings keep the note of a pending exchange", connection.describe(), e);
        }
    }

    Answer send(SettingsTransaction transaction, NotedRequest noted) throws InterruptedException {
        beforeSending.run();
        Instant sentAt = context.clock().instant();
        TokenRequestOutcome outcome = server.request(noted.request());
        NotedRequest sent = noted;
        for (int attempt = 1; attempt < ATTEMPTS && isRepeatable(outcome, transaction); attempt++) {
            context.engine().pause(PAUSE.multipliedBy(attempt));
            outcome = server.request(noted.request());
            sent = noted.repeatedSince(sentAt);
        }
        return new Answer(sent, outcome, sentAt);
    }

    /** Repeating is safe while the lock is held: if Zendesk did rotate, the answer is lost already. */
    private static boolean isRepeatable(TokenRequestOutcome outcome, SettingsTransaction transaction) {
        return outcome instanceof TokenRequestOutcome.Ambiguous ambiguous
                && ambiguous.repeatable()
                && transaction.isExclusive();
    }

    /**
     * When the refresh token was refused: a newer grant that was written without the lock, for example with a text
     * editor; null when there is none.
     */
    @Nullable
    OAuthSettings newer(SettingsTransaction transaction, Answer answer) {
        try {
            OAuthSettings stored = answer.isRefused() ? transaction.load().orElse(null) : null;
            return Precedence.of(answer.request().found(), stored).isNews() ? stored : null;
        } catch (SettingsStoreException e) {
            return null;
        }
    }

    /** Stores what the answer means; what the store does not take stays in memory until it does. */
    Verdict store(SettingsTransaction transaction, Answer answer) {
        Verdict verdict = verdict(transaction, answer);
        if (verdict.ended() != null) {
            ledger.end(verdict.ended());
        }
        try {
            ledger.save(transaction, verdict.settings());
        } catch (SettingsStoreException e) {
            unsaved(verdict, answer.request(), transaction, e);
        }
        return verdict;
    }

    private Verdict verdict(SettingsTransaction transaction, Answer answer) {
        if (answer.outcome() instanceof TokenRequestOutcome.Granted granted) {
            Verdict verdict = Verdict.granted(answer.request(), granted.response(), answer.sentAt());
            remarks.on(answer.request().request(), granted.response(), verdict.settings());
            return verdict;
        }
        String kept = answer.outcome() instanceof TokenRequestOutcome.Unparsed unparsed
                ? keep(transaction, unparsed.body())
                : null;
        return Verdict.failed(connection, answer.request(), answer.outcome(), kept, Verdict.Moment.of(context));
    }

    private void unsaved(
            Verdict verdict, NotedRequest spent, SettingsTransaction transaction, SettingsStoreException e) {
        // Who lost the lock and was refused does not know why: the next holder may have used the token.
        boolean isHearsay = verdict.ended() != null && !transaction.isExclusive();
        if (!verdict.mustLast() || isHearsay) {
            LOG.debug("Connection {}: the settings keep the note of a pending exchange", connection.describe(), e);
            return;
        }
        ledger.saveLater(verdict.settings(), spent.found(), store, context);
        if (verdict.error() == null) {
            LOG.error(
                    "Connection {}: the new refresh token is in memory ONLY, and this process must not end before it"
                            + " is stored; the save is retried until it succeeds. {}",
                    connection.describe(),
                    e.getMessage());
        } else {
            LOG.warn("Connection {}: the settings could not be stored. {}", connection.describe(), e.getMessage());
        }
    }

    private @Nullable String keep(SettingsTransaction transaction, byte[] body) {
        try {
            return body.length == 0 ? null : transaction.keepUnparsed(body).orElse(null);
        } catch (SettingsStoreException e) {
            LOG.error("Connection {}: {}", connection.describe(), e.getMessage());
            return null;
        }
    }
}
