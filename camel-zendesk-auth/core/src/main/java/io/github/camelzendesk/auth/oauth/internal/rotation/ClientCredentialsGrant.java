package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * The client credentials grant (RFC 6749 section 4.4). A token can be requested at any time, so the settings are only a
 * cache that saves other processes the request, and this works without them. For one thread at a time: the attempt's.
 */
public final class ClientCredentialsGrant extends TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    /** The lock is only held for a save; a token that is not saved is requested again. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Credentials.ClientCredentials credentials;
    private final AuthorizationServer server;
    private final Events events;
    private final AnswerRemarks remarks;

    public ClientCredentialsGrant(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context,
            Events events) {
        super(connection, store, server, context, events);
        this.credentials = (Credentials.ClientCredentials) connection.credentials();
        this.server = server;
        this.events = events;
        this.remarks = new AnswerRemarks(connection);
    }

    @Override
    public Renewal renew(TokenRequirement need) throws InterruptedException {
        OAuthSettings found = readIfPossible();
        expiry.ask(found.tokens());
        if (adopt(found, need)) {
            return Renewal.FOUND;
        }
        refuseWhileHeldBack(found);
        publish(obtain(found));
        learnEnd();
        return Renewal.OBTAINED;
    }

    private OAuthSettings obtain(OAuthSettings found) throws InterruptedException {
        events.beforeSending();
        Instant sentAt = now();
        TokenRequest request = new TokenRequest.ClientCredentials(credentials.client(), credentials.scope());
        TokenRequestOutcome outcome = server.request(request);
        if (outcome instanceof TokenRequestOutcome.Granted granted) {
            OAuthSettings next = found.withNextTokens(Verdict.issued(granted.response(), sentAt));
            remarks.on(request, granted.response(), next);
            saveIfPossible(next);
            return next;
        }
        if (outcome instanceof TokenRequestOutcome.Rejected rejected) {
            throw ErrorMessages.clientRefused(connection, rejected);
        }
        Duration asked =
                outcome instanceof TokenRequestOutcome.Unavailable unavailable ? unavailable.retryAfter() : null;
        Backoff backoff = Verdict.backoff(found, asked, Verdict.Moment.of(context));
        saveIfPossible(found.withBackoff(backoff));
        throw ErrorMessages.failed(connection, outcome, null, backoff.retryAfter());
    }

    private OAuthSettings readIfPossible() {
        try {
            return known.read(store);
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: its settings cannot be read, and are not needed", connection.describe(), e);
            return known.withoutStore();
        }
    }

    private void saveIfPossible(OAuthSettings settings) throws InterruptedException {
        try (SettingsTransaction transaction =
                context.engine().outOfTurn(() -> store.begin(PATIENCE)).orElse(null)) {
            if (transaction != null) {
                transaction.save(settings);
            }
        } catch (SettingsStoreException e) {
            LOG.warn(
                    "Connection {}: the access token is kept in memory only. {}",
                    connection.describe(),
                    e.getMessage());
        }
    }

    @Override
    public void revoke() throws InterruptedException {
        OAuthSettings current = readIfPossible();
        Secret accessToken = current.tokens() == null ? null : current.tokens().accessToken();
        if (accessToken != null) {
            server.revoke(accessToken);
        }
        OAuthSettings erased = current.withNextTokens(null);
        known.hold(erased);
        saveIfPossible(erased);
    }

    @Override
    public boolean canBegin(OAuthSettings settings) {
        return true;
    }

    @Override
    public boolean needsPerson(OAuthSettings settings) {
        return false;
    }
}
