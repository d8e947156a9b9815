package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.settings.Backoff;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * Where the tokens of a connection come from: one subclass for each grant type. The attempt's thread changes it;
 * methods that only read are thread-safe.
 */
public abstract class TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration CURSOR_PATIENCE = Duration.ofSeconds(30);

    final Connection connection;
    public final SettingsStore store;
    final EngineContext context;
    final Ledger ledger;
    final KnownSettings known;
    final Expiry expiry;
    private final Runnable whenStored;
    private @Nullable Backoff heldBackBy;
    private long heldBackSince;

    /** How the tokens that serve a need came about. */
    public enum Renewal {
        FOUND,
        OBTAINED,
        /** Obtained for the code of a person. */
        LOGGED_IN
    }

    /** What happens to the settings. */
    public interface Events {
        /** A token request is about to be sent: from now on Zendesk may revoke the tokens in use. */
        void beforeSending();

        /** These settings are in use from now on. Their times are those of this machine's clock. */
        void publish(OAuthSettings settings);

        /** Settings that were in memory only are stored. */
        void stored();
    }

    TokenSource(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context,
            Events events) {
        this.connection = connection;
        this.store = new PatientStore(store, context);
        this.context = context;
        this.whenStored = events::stored;
        this.ledger = Ledger.open(this.store, whenStored);
        this.known = new KnownSettings(connection, ledger, context, events::publish);
        this.expiry = new Expiry(server);
    }

    /** Publishes tokens that serve the need, and obtains them first where that is necessary. */
    public abstract Renewal renew(TokenRequirement need) throws InterruptedException;

    /** Ends the grant at Zendesk, and then here; a network that fails leaves it as it is. */
    public abstract void revoke() throws InterruptedException;

    /** Whether the configuration holds a grant or a code that the next attempt can begin with. */
    public abstract boolean canBegin(OAuthSettings settings);

    /** Whether only a login can bring tokens, by these settings. */
    public abstract boolean needsPerson(OAuthSettings settings);

    public KnownSettings settings() {
        return known;
    }

    /** The settings that count, stored or in memory. Takes no lock. */
    public OAuthSettings known() {
        return known.read(store);
    }

    /** Asks for tokens newer than those that are known, and newer than those that the configuration holds. */
    public TokenRequirement newer() {
        OAuthSettings latest = known();
        return known.isUnseen(latest)
                ? TokenRequirement.newerThan(latest.generation() + 1)
                : TokenRequirement.newerThan(latest.generation(), latest);
    }

    /** Whether memory holds what the store does not. */
    public boolean isDirty() {
        return ledger.isDirty();
    }

    /** Tries once, now, to save what is unsaved: the process may be about to end. */
    public void flush() {
        ledger.saveNow();
    }

    /** Ends the use by a manager that closes. */
    public void release() {
        ledger.release(whenStored);
    }

    /** @throws SettingsStoreException when the store cannot be read */
    public Optional<String> cursor(String name) {
        return known().cursor(name);
    }

    /** @throws SettingsStoreException when it could not be stored; what was kept before is still there then */
    public void keepCursor(String name, String cursor) throws InterruptedException {
        try (SettingsTransaction transaction =
                ledger.begin(store, CURSOR_PATIENCE).orElse(null)) {
            if (transaction == null || ledger.isDirty()) {
                throw new SettingsStoreException("The cursor " + LogSafeText.oneLine(name) + " was not stored: "
                        + store.identity()
                        + " is locked, or tokens are to be stored there first. The export repeats what"
                        + " it delivered since.");
            }
            ledger.save(transaction, known.latest(transaction.load()).withCursor(name, cursor));
        }
    }

    Instant now() {
        return context.clock().instant();
    }

    boolean adopt(OAuthSettings settings, TokenRequirement need) {
        return known.adopt(withKnownEnd(settings), need);
    }

    OAuthSettings withKnownEnd(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        return tokens == null ? settings : settings.withTokens(expiry.known(tokens));
    }

    /** Puts settings that were just obtained into use. */
    void publish(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        known.show(tokens == null ? settings : settings.withTokens(expiry.knownOfNew(tokens)));
    }

    /** Asks Zendesk, in the background, for the end of new tokens that came without one. */
    void learnEnd() {
        OAuthSettings current = known.current();
        TokenPair tokens = current == null ? null : current.tokens();
        if (current != null && tokens != null && tokens.accessToken() != null && tokens.expiresAt() == null) {
            context.engine().spawn(() -> learnEnd(current, tokens));
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

    /** Stores the end for other processes. Without the lock it is left out: then they ask for themselves. */
    private void share(OAuthSettings current, OAuthSettings dated) {
        try (SettingsTransaction transaction =
                ledger.begin(store, Duration.ZERO).orElse(null)) {
            OAuthSettings stored =
                    transaction == null ? null : transaction.load().orElse(null);
            if (transaction != null
                    && !ledger.isDirty()
                    && stored != null
                    && Precedence.of(current, stored) == Precedence.SAME) {
                ledger.save(transaction, stored.withTokens(dated.tokens()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SettingsStoreException e) {
            LOG.debug("Connection {}: the end of its token is not stored", connection.describe(), e);
        }
    }

    void refuseWhileHeldBack(OAuthSettings current) {
        Backoff backoff = current.backoff();
        Duration left = backoff == null ? Duration.ZERO : left(backoff);
        if (backoff != null && left.compareTo(Duration.ZERO) > 0) {
            throw ErrorMessages.heldBack(connection, backoff, left);
        }
    }

    /** By the clocks, or from when it was first seen here, whichever ends sooner: that of its writer may be ahead. */
    private Duration left(Backoff backoff) {
        long now = context.nanoTime().getAsLong();
        if (!backoff.equals(heldBackBy)) {
            heldBackBy = backoff;
            heldBackSince = now;
        }
        Duration byClocks = Duration.between(now(), backoff.retryAt());
        Duration since = backoff.retryAfter().minusNanos(now - heldBackSince);
        return byClocks.compareTo(since) < 0 ? byClocks : since;
    }
}
