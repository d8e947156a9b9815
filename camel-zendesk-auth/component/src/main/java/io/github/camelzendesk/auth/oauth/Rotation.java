package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * Obtains tokens that serve a {@link Need}, under the store's lock. For one thread at a time: the flight's.
 *
 * <p>A refresh token is spent once and for ever, so the order is the law: lock, read again and adopt what another has
 * done, decide, spend ({@link Spend}), publish, release. A store that cannot be used shows as
 * {@link SettingsStoreException}.
 */
final class Rotation {
    static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final Credentials.Renewable credentials;
    private final SettingsStore store;
    private final InstantSource clock;
    private final Expiry expiry;
    private final Spend spend;
    private final Consumer<OAuthSettings> publish;
    private volatile @Nullable OAuthSettings held;

    Rotation(
            Connection connection,
            Credentials.Renewable credentials,
            SettingsStore store,
            InstantSource clock,
            Expiry expiry,
            Spend spend,
            Consumer<OAuthSettings> publish) {
        this.connection = connection;
        this.credentials = credentials;
        this.store = store;
        this.clock = clock;
        this.expiry = expiry;
        this.spend = spend;
        this.publish = publish;
    }

    /** What is known of the connection, from memory or else from the store, for those who only look. */
    OAuthSettings known() {
        return latest(store.load());
    }

    /** Publishes what is stored, when it can serve as it is; costs no call to Zendesk and no lock. */
    void adoptStored() {
        OAuthSettings stored = latest(store.load());
        TokenPair tokens = stored.tokens();
        boolean fresh = tokens != null && tokens.expiresAt() != null && Expiry.isFresh(tokens, clock.instant());
        if (fresh && !isUnseen(stored) && held == null) {
            held = stored;
            publish.accept(stored);
        }
    }

    boolean isDirty() {
        return spend.isDirty();
    }

    /** Publishes tokens that serve the need, and obtains them first where that is necessary. */
    void renew(Need need) throws InterruptedException {
        if (need.code() == null && adopt(readUnlocked(), need)) {
            return;
        }
        try (SettingsTransaction transaction = begin()) {
            OAuthSettings current = seeded(latest(transaction.load()));
            if (need.code() != null) {
                land(spend.code(transaction, current, need.code()));
            } else if (!adopt(current, need)) {
                refuseWhileThrottled(current);
                land(obtain(transaction, current));
            } else if (current.generation() > stored(transaction)) {
                // A grant from configuration that is still fresh: stored now, so that it outlives a change of it.
                spend.keep(transaction, current);
            }
        }
    }

    /** Forgets the tokens, here and in the store. */
    OAuthSettings erase() throws InterruptedException {
        try (SettingsTransaction transaction = begin()) {
            OAuthSettings erased = latest(transaction.load())
                    .withNextTokens(null)
                    .withEnded(new EndedGrant("", AuthorizationRequired.Reason.REVOKED.name(), clock.instant()));
            transaction.save(erased);
            held = erased;
            return erased;
        }
    }

    /** Tries again to store what an earlier rotation could not. */
    boolean flush() throws InterruptedException {
        OAuthSettings unsaved = held;
        if (unsaved == null || !spend.isDirty()) {
            return true;
        }
        try (SettingsTransaction transaction = begin()) {
            boolean superseded = latest(transaction.load()) != unsaved;
            if (superseded) {
                spend.forgetDirty();
                return true;
            }
            return spend.keep(transaction, unsaved);
        } catch (ZendeskAuthException | SettingsStoreException e) {
            return false;
        }
    }

    private boolean adopt(@Nullable OAuthSettings settings, Need need) {
        if (settings == null || settings.tokens() == null || settings.generation() <= need.staleThrough()) {
            return false;
        }
        TokenPair tokens = expiry.learn(settings.tokens());
        if (!Expiry.isFresh(tokens, clock.instant()) || isUnseen(settings)) {
            return false;
        }
        land(settings.withTokens(tokens));
        return true;
    }

    private void land(OAuthSettings settings) {
        held = settings;
        TokenPair tokens = settings.tokens();
        publish.accept(tokens == null ? settings : settings.withTokens(expiry.learn(tokens)));
    }

    private OAuthSettings obtain(SettingsTransaction transaction, OAuthSettings current) throws InterruptedException {
        if (credentials instanceof Credentials.ClientCredentials) {
            return spend.clientCredentials(transaction, current);
        }
        refuseWhenEnded(current);
        Secret refreshToken = current.refreshToken();
        if (refreshToken != null) {
            return spend.refresh(transaction, current, refreshToken);
        }
        AuthorizationCode code = bootstrap().code();
        if (current.tokens() == null
                && code != null
                && !current.seenRefreshTokens().contains(fingerprint(code))) {
            return spend.code(transaction, current.withSeen(fingerprint(code)), code);
        }
        // A person is about to log in: better to find out now that the grant could not be stored.
        transaction.reserve();
        throw current.tokens() == null ? Refusals.noGrant(connection, store) : Refusals.noRefreshToken(connection);
    }

    private void refuseWhileThrottled(OAuthSettings current) {
        Instant retryAt = current.retryAt();
        Instant now = clock.instant();
        if (retryAt != null && now.isBefore(retryAt)) {
            throw Refusals.throttled(connection, Duration.between(now, retryAt));
        }
    }

    private void refuseWhenEnded(OAuthSettings current) {
        EndedGrant ended = spend.endedHere() == null ? current.ended() : spend.endedHere();
        if (ended == null) {
            return;
        }
        TokenPair tokens = current.tokens();
        boolean sameGrant = tokens == null
                ? ended.fingerprint().isEmpty() && bootstrapIsSpent(current)
                : ended.fingerprint().equals(tokens.fingerprint());
        if (sameGrant) {
            throw Refusals.ended(connection, ended);
        }
    }

    private boolean bootstrapIsSpent(OAuthSettings current) {
        AuthorizationCode code = bootstrap().code();
        return code == null || current.seenRefreshTokens().contains(fingerprint(code));
    }

    /** The settings with the grant from configuration, when the store has never seen that one. */
    private OAuthSettings seeded(OAuthSettings current) {
        return isUnseen(current)
                ? current.withNewLineage(Spend.newLineage(), bootstrapTokens()).withSeen(bootstrapFingerprint())
                : current;
    }

    private boolean isUnseen(OAuthSettings current) {
        String fingerprint = bootstrapFingerprint();
        return !fingerprint.isEmpty() && !current.seenRefreshTokens().contains(fingerprint);
    }

    private String bootstrapFingerprint() {
        return bootstrapTokens().fingerprint();
    }

    private TokenPair bootstrapTokens() {
        Credentials.Bootstrap bootstrap = bootstrap();
        return new TokenPair(
                bootstrap.accessToken(), bootstrap.refreshToken(), null, clock.instant(), bootstrap.expiresAt(), null);
    }

    private Credentials.Bootstrap bootstrap() {
        return credentials instanceof Credentials.Grant grant ? grant.bootstrap() : Credentials.Bootstrap.NONE;
    }

    private static String fingerprint(AuthorizationCode code) {
        return code.code().fingerprint();
    }

    private @Nullable OAuthSettings readUnlocked() {
        try {
            return latest(store.load());
        } catch (SettingsStoreException e) {
            if (isRepeatable()) {
                return held;
            }
            throw e;
        }
    }

    private static long stored(SettingsTransaction transaction) {
        return transaction.load().map(OAuthSettings::generation).orElse(0L);
    }

    /** What counts: the store, unless this process holds a younger generation of the same lineage. */
    private OAuthSettings latest(Optional<OAuthSettings> stored) {
        OAuthSettings mine = held;
        if (stored.isEmpty()) {
            return mine == null
                    ? OAuthSettings.empty(connection.url(), credentials.client().identifier())
                    : mine;
        }
        OAuthSettings theirs = stored.get();
        return mine != null && mine.lineage().equals(theirs.lineage()) && mine.generation() > theirs.generation()
                ? mine
                : theirs;
    }

    private SettingsTransaction begin() throws InterruptedException {
        try {
            return store.begin(LOCK_PATIENCE).orElseThrow(() -> Refusals.busy(connection, store));
        } catch (SettingsStoreException e) {
            if (isRepeatable()) {
                return new DetachedTransaction(e);
            }
            throw e;
        }
    }

    /** Client credentials lose nothing when they cannot be stored; they are asked for again. */
    private boolean isRepeatable() {
        return credentials instanceof Credentials.ClientCredentials;
    }

    /** Stands in for a store that cannot be used, for tokens that need not be kept. */
    private record DetachedTransaction(SettingsStoreException why) implements SettingsTransaction {
        @Override
        public Optional<OAuthSettings> load() {
            return Optional.empty();
        }

        @Override
        public void save(OAuthSettings settings) {
            throw why;
        }

        @Override
        public void close() {}
    }
}
