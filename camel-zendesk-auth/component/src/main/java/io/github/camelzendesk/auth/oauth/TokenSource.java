package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Setback;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Where the tokens of a connection come from: one subclass for each grant type. For one thread at a time, the attempt's,
 * but for those methods that only look, which are thread-safe.
 */
abstract class TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    final Connection connection;
    final SettingsStore store;
    final Surroundings surroundings;
    final Ledger ledger;
    final KnownSettings known;
    final Expiry expiry;
    private final Runnable whenStored;

    /** What the owner of the attempts has to know. */
    interface Events {
        /** From now on the tokens in use may end at any moment. */
        void beforeSending();

        /** These settings are in use from now on, with the times of this machine's clock. */
        void publish(OAuthSettings settings);

        /** What memory held alone is stored. */
        void stored();
    }

    TokenSource(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings,
            Events events) {
        this.connection = connection;
        this.store = new PatientStore(store, surroundings);
        this.surroundings = surroundings;
        this.whenStored = events::stored;
        this.ledger = Ledger.open(this.store, whenStored);
        this.known = new KnownSettings(connection, ledger, surroundings, events::publish);
        this.expiry = new Expiry(server);
    }

    static TokenSource of(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings,
            Events events) {
        return connection.credentials() instanceof Credentials.Grant
                ? new Rotation(connection, store, server, surroundings, events)
                : new ClientCredentialsGrant(connection, store, server, surroundings, events);
    }

    /**
     * Publishes tokens that serve the need, and obtains them first where that is necessary.
     *
     * @return whether they were obtained, rather than found
     */
    abstract boolean renew(Need need) throws InterruptedException;

    /** Ends the grant at Zendesk, and then here; a network that fails leaves it as it is. */
    abstract void revoke() throws InterruptedException;

    /** Whether the next attempt has a grant of the configuration to begin with, whatever has become of earlier ones. */
    abstract boolean canBegin(OAuthSettings settings);

    /** Whether only a login can bring tokens to somebody who goes by these settings. */
    abstract boolean needsPerson(OAuthSettings settings);

    KnownSettings settings() {
        return known;
    }

    /** What is known of the connection, from memory or else from the store, for those who only look. */
    OAuthSettings known() {
        return known.read(store);
    }

    /** The need of somebody to whom neither what is known will do, nor what the configuration would put in its place. */
    Need newer() {
        OAuthSettings latest = known();
        return known.isUnseen(latest)
                ? Need.newerThan(latest.generation() + 1)
                : Need.newerThan(latest.generation(), latest);
    }

    /** Whether memory holds what the store does not. */
    boolean isDirty() {
        return ledger.isDirty();
    }

    /** Tries once, now, to save what is unsaved: the process may be about to end. */
    void flush() {
        ledger.payNow();
    }

    /** For a manager that ends. */
    void release() {
        ledger.release(whenStored);
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    boolean adopt(OAuthSettings settings, Need need) {
        return known.adopt(withKnownEnd(settings), need);
    }

    OAuthSettings withKnownEnd(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        return tokens == null ? settings : settings.withTokens(expiry.known(tokens));
    }

    /** Publishes what was obtained. */
    boolean publish(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        known.show(tokens == null ? settings : settings.withTokens(expiry.knownOfNew(tokens)));
        return true;
    }

    /** New tokens serve at once; when nobody said how long they live, Zendesk is asked while they do. */
    void learnEnd() {
        OAuthSettings current = known.current();
        TokenPair tokens = current == null ? null : current.tokens();
        if (current != null && tokens != null && tokens.accessToken() != null && tokens.expiresAt() == null) {
            surroundings.engine().spawn(() -> learnEnd(current, tokens));
        }
    }

    private void learnEnd(OAuthSettings current, TokenPair tokens) {
        expiry.ask(tokens);
        TokenPair learned = expiry.knownOfNew(tokens);
        if (learned.expiresAt() != null && known.current() == current) {
            OAuthSettings dated = current.withTokens(learned);
            known.show(dated);
            share(current, dated);
        }
    }

    /** Unless somebody holds the lock: then other processes ask, too. */
    private void share(OAuthSettings current, OAuthSettings dated) {
        try (SettingsTransaction transaction =
                ledger.begin(store, Duration.ZERO).orElse(null)) {
            if (transaction != null
                    && transaction.load().filter(current::equals).isPresent()) {
                ledger.save(transaction, dated);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the end of its token is not stored", connection.describe(), e);
        }
    }

    void refuseWhileHeldBack(OAuthSettings current) {
        Setback setback = current.setback();
        Instant now = now();
        // Nothing holds us back for longer than the longest Retry-After: then a clock was set back.
        if (setback != null
                && now.isBefore(setback.retryAt())
                && !setback.retryAt().isAfter(now.plus(RetryAfter.MOST))) {
            throw Refusals.heldBack(connection, setback, Duration.between(now, setback.retryAt()));
        }
    }
}
