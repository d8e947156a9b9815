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
final class Exchange {
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
    // In memory too, so that a refused refresh token is never sent again, even when the store cannot be written.
    private volatile @Nullable EndedGrant endedHere;

    Exchange(
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
        EndedGrant here = endedHere;
        EndedGrant ended = here != null && here.fingerprint().equals(grant) ? here : settings.ended();
        return ended != null && ended.fingerprint().equals(grant) ? ended : null;
    }

    /**
     * Spends the refresh token or the code of a request.
     *
     * @param base what the tokens of the answer descend from: the settings that were found, or the grant of the
     *     configuration. What is stored stays there until the answer takes its place
     * @return the settings that serve from now on
     */
    OAuthSettings spend(SettingsTransaction transaction, OAuthSettings found, OAuthSettings base, TokenRequest request)
            throws InterruptedException {
        NotedRequest spending = NotedRequest.of(
                found,
                base,
                request,
                context.clock().instant(),
                connection.timeouts().exchange().plus(AFTERWARDS));
        // When either throws, nothing was spent.
        ledger.save(transaction, spending.noted());
        reserve(transaction, spending);
        return send(transaction, spending);
    }

    private void reserve(SettingsTransaction transaction, NotedRequest spending) {
        try {
            transaction.reserve();
        } catch (SettingsStoreException e) {
            // Nothing is sent, so no other process should wait for it.
            withdraw(transaction, spending);
            throw e;
        }
    }

    private void withdraw(SettingsTransaction transaction, NotedRequest spending) {
        try {
            ledger.save(transaction, spending.unspent());
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the settings keep the note of a pending exchange", connection.describe(), e);
        }
    }

    private OAuthSettings send(SettingsTransaction transaction, NotedRequest spending) throws InterruptedException {
        beforeSending.run();
        Instant sentAt = context.clock().instant();
        TokenRequestOutcome outcome = server.request(spending.request());
        NotedRequest sent = spending;
        for (int attempt = 1; attempt < ATTEMPTS && isRepeatable(outcome, transaction); attempt++) {
            context.engine().pause(PAUSE.multipliedBy(attempt));
            outcome = server.request(spending.request());
            sent = spending.repeatedSince(sentAt);
        }
        OAuthSettings newer = isRefused(sent, outcome) ? overtaken(transaction, sent.found()) : null;
        return newer == null ? store(transaction, sent, outcome, sentAt) : takeOver(transaction, newer);
    }

    /** Repeating is safe while the lock is held: if Zendesk did rotate, the answer is lost already. */
    private static boolean isRepeatable(TokenRequestOutcome outcome, SettingsTransaction transaction) {
        return outcome instanceof TokenRequestOutcome.Ambiguous ambiguous
                && ambiguous.repeatable()
                && transaction.isExclusive();
    }

    private static boolean isRefused(NotedRequest sent, TokenRequestOutcome outcome) {
        return sent.request() instanceof TokenRequest.Refresh
                && outcome instanceof TokenRequestOutcome.Rejected rejected
                && rejected.isGrantOver();
    }

    /** A newer grant that was written without the lock, for example with a text editor; null when there is none. */
    private static @Nullable OAuthSettings overtaken(SettingsTransaction transaction, OAuthSettings found) {
        try {
            OAuthSettings stored = transaction.load().orElse(null);
            return Precedence.of(found, stored).isNews() ? stored : null;
        } catch (SettingsStoreException e) {
            return null;
        }
    }

    private OAuthSettings takeOver(SettingsTransaction transaction, OAuthSettings newer) throws InterruptedException {
        if (newer.tokens() == null) {
            throw ErrorMessages.noGrant(connection, store);
        }
        boolean serves = newer.refreshToken() == null || known.isFresh(newer);
        return serves ? newer : spend(transaction, newer, newer, refresh(newer));
    }

    TokenRequest refresh(OAuthSettings settings) {
        OAuthClient client = ((Credentials.Renewable) connection.credentials()).client();
        return new TokenRequest.Refresh(client, Objects.requireNonNull(settings.refreshToken()));
    }

    private OAuthSettings store(
            SettingsTransaction transaction, NotedRequest spent, TokenRequestOutcome outcome, Instant sentAt) {
        Verdict verdict = verdict(transaction, spent, outcome, sentAt);
        if (verdict.ended() != null) {
            endedHere = verdict.ended();
        }
        try {
            ledger.save(transaction, verdict.settings());
        } catch (SettingsStoreException e) {
            unsaved(verdict, spent, e);
        }
        if (verdict.error() != null) {
            throw verdict.error();
        }
        return verdict.settings();
    }

    private Verdict verdict(
            SettingsTransaction transaction, NotedRequest spent, TokenRequestOutcome outcome, Instant sentAt) {
        if (outcome instanceof TokenRequestOutcome.Granted granted) {
            Verdict verdict = Verdict.granted(spent, granted.response(), sentAt);
            remarks.on(spent.request(), granted.response(), verdict.settings());
            return verdict;
        }
        String kept =
                outcome instanceof TokenRequestOutcome.Unparsed unparsed ? keep(transaction, unparsed.body()) : null;
        return Verdict.failed(connection, spent, outcome, kept, Verdict.Moment.of(context));
    }

    private void unsaved(Verdict verdict, NotedRequest spent, SettingsStoreException e) {
        if (!verdict.mustLast()) {
            LOG.debug("Connection {}: the settings keep the note of a pending exchange", connection.describe(), e);
            return;
        }
        ledger.owe(verdict.settings(), spent.found().lineage(), store, context);
        if (verdict.error() == null) {
            LOG.error(
                    "Connection {}: the new refresh token is in memory ONLY, and this process must not end before it"
                            + " is stored; storing is repeated until it succeeds. {}",
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
