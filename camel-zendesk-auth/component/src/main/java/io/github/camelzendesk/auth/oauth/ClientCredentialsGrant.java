package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.Setback;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * The client credentials grant (RFC 6749 section 4.4). A token can be requested at any time, so the settings are only a
 * cache that saves other processes the request, and this works without them. For one thread at a time: the attempt's.
 */
final class ClientCredentialsGrant extends TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    /** The lock is only held for a save; a token that is not saved is requested again. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Credentials.ClientCredentials credentials;
    private final AuthorizationServer server;
    private final Events events;
    private final AnswerRemarks remarks;

    ClientCredentialsGrant(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings,
            Events events) {
        super(connection, store, server, surroundings, events);
        this.credentials = (Credentials.ClientCredentials) connection.credentials();
        this.server = server;
        this.events = events;
        this.remarks = new AnswerRemarks(connection);
    }

    @Override
    boolean renew(Need need) throws InterruptedException {
        OAuthSettings found = readIfPossible();
        expiry.ask(found.tokens());
        if (adopt(found, need)) {
            return false;
        }
        refuseWhileHeldBack(found);
        publish(obtain(found));
        learnEnd();
        return true;
    }

    private OAuthSettings obtain(OAuthSettings found) throws InterruptedException {
        events.beforeSending();
        Instant sentAt = now();
        TokenRequest request = new TokenRequest.ClientCredentials(credentials.client(), credentials.scope());
        Outcome outcome = server.request(request);
        if (outcome instanceof Outcome.Granted granted) {
            OAuthSettings next = found.withNextTokens(Verdict.issued(granted.response(), sentAt));
            remarks.on(request, granted.response(), next);
            saveIfPossible(next);
            return next;
        }
        if (outcome instanceof Outcome.Rejected rejected) {
            throw Refusals.clientRefused(connection, rejected);
        }
        Duration asked = outcome instanceof Outcome.Unavailable unavailable ? unavailable.retryAfter() : null;
        Verdict.Moment moment = Verdict.Moment.of(surroundings);
        Setback setback = Verdict.setback(found, asked, moment);
        saveIfPossible(found.withSetback(setback));
        throw Refusals.failed(connection, outcome, null, Duration.between(moment.now(), setback.retryAt()));
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
                surroundings.engine().outOfTurn(() -> store.begin(PATIENCE)).orElse(null)) {
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
    void revoke() throws InterruptedException {
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
    boolean canBegin(OAuthSettings settings) {
        return true;
    }

    @Override
    boolean needsPerson(OAuthSettings settings) {
        return false;
    }
}
