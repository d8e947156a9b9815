package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.Setback;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Obtains tokens that serve a {@link Need}, under the store's lock. For one thread at a time: the one of the attempt that runs.
 *
 * <p>A refresh token is spent once and for ever, so the order is the law: lock, read again and adopt what another has
 * done, decide, spend ({@link Spend}), publish, release. A store that cannot be used shows as
 * {@link SettingsStoreException}.
 */
final class Rotation {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration LOCK_SLICE = Duration.ofSeconds(1);
    private static final int LOCK_SLICES = 30;

    private final Connection connection;
    private final Credentials.Renewable credentials;
    private final SettingsStore store;
    private final InstantSource clock;
    private final Expiry expiry;
    private final Seed seed;
    private final Spend spend;
    private final KeptLock lock;
    private final AuthorizationServer server;
    private final Engine engine;
    private final Consumer<OAuthSettings> publish;
    private final boolean canAsk;
    private final Held held;

    Rotation(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings,
            Runnable beforeSending,
            Consumer<OAuthSettings> publish) {
        this.connection = connection;
        this.credentials = (Credentials.Renewable) connection.credentials();
        this.store = store;
        this.server = server;
        this.clock = surroundings.clock();
        this.engine = surroundings.engine();
        this.expiry = new Expiry(server);
        this.seed = new Seed(connection.credentials());
        this.spend = new Spend(connection, server, surroundings, beforeSending);
        this.held = new Held(connection, seed, spend.landing());
        this.lock = new KeptLock(store, spend.landing());
        this.publish = publish;
        this.canAsk = surroundings.authorizer() != null;
    }

    /** What is known of the connection, from memory or else from the store, for those who only look. */
    OAuthSettings known() {
        return held.latest(store.load());
    }

    /** The need of somebody to whom neither what is known will do nor what the configuration would put next to it. */
    Need newer() {
        OAuthSettings known = known();
        return held.isUnseen(known)
                ? Need.newerThan(known.generation() + 1)
                : Need.newerThan(known.generation(), known);
    }

    /** What this process goes by; null while it has met no tokens. */
    @Nullable
    OAuthSettings held() {
        return held.current();
    }

    /** Whether the next attempt has a grant of the configuration to begin with, whatever has become of earlier ones. */
    boolean canBegin(OAuthSettings settings) {
        return held.isUnseen(settings) || seed.unspentCode(settings) != null;
    }

    /** Whether the next attempt goes by the tokens of the configuration, whatever is stored. */
    boolean beginsWithConfigured(OAuthSettings settings) {
        return held.isUnseen(settings);
    }

    /** Whether only a login can bring tokens to somebody who goes by these settings. */
    boolean needsPerson(OAuthSettings settings) {
        boolean over = settings.ended() != null || settings.tokens() == null;
        return credentials instanceof Credentials.Grant && over && !canBegin(settings);
    }

    /** Publishes settings that were read, when they are newer and can serve as they are; costs no call to Zendesk. */
    boolean adoptStored(OAuthSettings stored) {
        TokenPair tokens = stored.tokens();
        boolean serves = tokens != null
                && tokens.expiresAt() != null
                && Expiry.isFresh(tokens, clock.instant())
                && !held.isUnseen(stored);
        if (serves && (held.isEmpty() || held.isSuperseded(stored))) {
            held.hold(stored);
            publish.accept(stored);
            return true;
        }
        return false;
    }

    /** Whether these settings are of another login, or of a younger generation, than the ones in use. */
    boolean isSuperseded(OAuthSettings stored) {
        return held.isSuperseded(stored);
    }

    boolean isDirty() {
        return spend.landing().isDirty();
    }

    /**
     * Publishes tokens that serve the need, and obtains them first where that is necessary.
     *
     * @return whether they were obtained, rather than found
     */
    boolean renew(Need need) throws InterruptedException {
        if (adopt(readUnlocked(), need)) {
            return false;
        }
        try (SettingsTransaction transaction = begin(need)) {
            return transaction != null && renew(transaction, need);
        }
    }

    private boolean renew(SettingsTransaction transaction, Need need) throws InterruptedException {
        OAuthSettings found = found(transaction);
        if (need.code() != null) {
            return land(spend.code(transaction, unspent(found, need.code()), need.code()));
        }
        if (held.isUnseen(found)) {
            return plant(transaction, found, need);
        }
        return !adopt(found, need) && land(obtain(transaction, found));
    }

    /** A code that comes again, with a page that was loaded again, would have the server revoke what it has brought. */
    private OAuthSettings unspent(OAuthSettings found, AuthorizationCode code) {
        String fingerprint = code.code().fingerprint();
        if (found.seenRefreshTokens().contains(fingerprint)) {
            throw Refusals.codeSpent(connection);
        }
        return found.withSeen(fingerprint);
    }

    /** The grant of the configuration comes first, once; if Zendesk refuses it, what is stored is as good as before. */
    private boolean plant(SettingsTransaction transaction, OAuthSettings found, Need need) throws InterruptedException {
        OAuthSettings sown = seed.sown(found, clock.instant());
        OAuthSettings learned = sown.withTokens(expiry.learn(Objects.requireNonNull(sown.tokens())));
        if (need.isServedBy(learned) && Expiry.isFresh(Objects.requireNonNull(learned.tokens()), clock.instant())) {
            // Stored now, so that it outlives a change of the configuration.
            spend.landing().keep(transaction, learned);
            show(learned);
            return false;
        }
        refuseWhileHeldBack(found);
        OAuthSettings grown = spend.seed(transaction, found, sown);
        if (grown != null) {
            return land(grown);
        }
        OAuthSettings seen = found.withSeen(seed.fingerprint());
        if (adopt(seen, need)) {
            spend.landing().keep(transaction, seen);
            return false;
        }
        return land(obtain(transaction, seen));
    }

    /** Ends the grant at Zendesk, and then here; a network that fails leaves it as it is. */
    void revoke() throws InterruptedException {
        try (SettingsTransaction transaction = locked()) {
            OAuthSettings current = held.latest(transaction.load());
            TokenPair tokens = current.tokens();
            if (tokens != null && tokens.accessToken() != null) {
                server.revoke(tokens.accessToken());
            }
            OAuthSettings erased = current.withNextTokens(null)
                    .withEnded(new EndedGrant("", AuthorizationRequired.Reason.REVOKED.name(), clock.instant()));
            held.hold(erased);
            eraseStored(transaction, erased);
        }
    }

    private void eraseStored(SettingsTransaction transaction, OAuthSettings erased) {
        try {
            spend.landing().store(transaction, erased);
        } catch (SettingsStoreException e) {
            throw new SettingsUnavailable(
                    "The grant of connection " + connection.describe()
                            + " is revoked at Zendesk, but its settings could not be erased. " + e.getMessage(),
                    e);
        }
    }

    /** Tries again to store what an earlier rotation could not. */
    void flush() throws InterruptedException {
        if (isDirty()) {
            try (SettingsTransaction transaction = locked()) {
                spend.landing().settle(transaction);
            } catch (ZendeskAuthException | SettingsStoreException e) {
                LOG.debug("Connection {}: still unsaved", connection.describe(), e);
            }
        }
    }

    /** Gives the lock back that is kept as long as something is unsaved. */
    void release() {
        lock.release();
    }

    private boolean adopt(@Nullable OAuthSettings settings, Need need) {
        if (settings == null || settings.tokens() == null || held.isUnseen(settings) || !held.serves(settings, need)) {
            return false;
        }
        TokenPair tokens = expiry.learn(settings.tokens());
        if (!Expiry.isFresh(tokens, clock.instant())) {
            return false;
        }
        show(settings.withTokens(tokens));
        return true;
    }

    private boolean land(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        show(tokens == null ? settings : settings.withTokens(expiry.learnOfNew(tokens)));
        return true;
    }

    private void show(OAuthSettings settings) {
        held.hold(settings);
        publish.accept(settings);
    }

    private OAuthSettings obtain(SettingsTransaction transaction, OAuthSettings current) throws InterruptedException {
        refuseWhileHeldBack(current);
        if (credentials instanceof Credentials.ClientCredentials) {
            return spend.clientCredentials(transaction, current);
        }
        EndedGrant ended = endOf(current);
        Secret refreshToken = current.refreshToken();
        if (ended == null && refreshToken != null) {
            return spend.refresh(transaction, current, refreshToken);
        }
        AuthorizationCode code = seed.unspentCode(current);
        if (code != null) {
            return spend.code(transaction, current.withSeen(code.code().fingerprint()), code);
        }
        if (ended != null) {
            throw Refusals.ended(connection, ended);
        }
        if (canAsk) {
            // A person is about to log in: better to find out now that the grant could not be stored.
            transaction.reserve();
        }
        throw current.tokens() == null ? Refusals.noGrant(connection, store) : Refusals.noRefreshToken(connection);
    }

    private void refuseWhileHeldBack(OAuthSettings current) {
        Setback setback = current.setback();
        Instant now = clock.instant();
        // Nothing holds us back for longer than the longest Retry-After: then a clock was set back.
        if (setback != null
                && now.isBefore(setback.retryAt())
                && !setback.retryAt().isAfter(now.plus(RetryAfter.MOST))) {
            throw Refusals.heldBack(connection, setback, Duration.between(now, setback.retryAt()));
        }
    }

    /** What is known of the end of this grant, here or in the store; null while it is in force. */
    private @Nullable EndedGrant endOf(OAuthSettings current) {
        TokenPair tokens = current.tokens();
        String grant = tokens == null ? "" : tokens.fingerprint();
        for (EndedGrant ended : Arrays.asList(spend.endedHere(), current.ended())) {
            if (ended != null && ended.fingerprint().equals(grant)) {
                return ended;
            }
        }
        return null;
    }

    private OAuthSettings found(SettingsTransaction transaction) {
        try {
            return held.latest(transaction.load());
        } catch (SettingsStoreException e) {
            if (isRepeatable()) {
                return held.latest(Optional.empty());
            }
            throw e;
        }
    }

    private @Nullable OAuthSettings readUnlocked() {
        try {
            return held.latest(store.load());
        } catch (SettingsStoreException e) {
            if (isRepeatable()) {
                return held.current();
            }
            throw e;
        }
    }

    /** The lock; null when somebody else brought what is needed while it was waited for. */
    private @Nullable SettingsTransaction begin(Need need) throws InterruptedException {
        Optional<SettingsTransaction> free = tryBegin(Duration.ZERO);
        return (free.isPresent() ? free : engine.outOfTurn(() -> await(need))).orElse(null);
    }

    private Optional<SettingsTransaction> await(Need need) throws InterruptedException {
        for (int slice = 0; slice < LOCK_SLICES; slice++) {
            Optional<SettingsTransaction> transaction = tryBegin(LOCK_SLICE);
            if (transaction.isPresent() || adopt(readUnlocked(), need)) {
                return transaction;
            }
        }
        throw Refusals.busy(connection, store);
    }

    private SettingsTransaction locked() throws InterruptedException {
        return Objects.requireNonNull(begin(Need.THE_LOCK));
    }

    private Optional<SettingsTransaction> tryBegin(Duration patience) throws InterruptedException {
        try {
            return lock.begin(patience);
        } catch (SettingsStoreException e) {
            if (isRepeatable()) {
                return Optional.of(new DetachedTransaction(e));
            }
            throw e;
        }
    }

    /** Client credentials lose nothing when they cannot be stored; they are asked for again. */
    private boolean isRepeatable() {
        return credentials instanceof Credentials.ClientCredentials;
    }
}
