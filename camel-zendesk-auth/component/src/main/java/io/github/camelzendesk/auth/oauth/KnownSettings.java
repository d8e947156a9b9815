package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * What one manager goes by, and whether other settings are to take its place. Changed by the thread of the attempt, and
 * under the renewal's lock while there is none; thread-safe for readers.
 */
final class KnownSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final ConfiguredGrant configured;
    private final Ledger ledger;
    private final Surroundings surroundings;
    private final Consumer<OAuthSettings> publish;
    private final GrantSwaps swaps;
    private final OAuthSettings nothing;
    private volatile @Nullable OAuthSettings current;
    private @Nullable Sighting sighting; // guarded by this
    private boolean warnedOfClocks; // guarded by this

    KnownSettings(Connection connection, Ledger ledger, Surroundings surroundings, Consumer<OAuthSettings> publish) {
        Credentials.Renewable credentials = (Credentials.Renewable) connection.credentials();
        this.connection = connection;
        this.configured = new ConfiguredGrant(credentials);
        this.ledger = ledger;
        this.surroundings = surroundings;
        this.publish = publish;
        this.swaps = new GrantSwaps(connection);
        this.nothing = OAuthSettings.empty(credentials.owner(connection.url()));
    }

    /** Null while this process has met no tokens. */
    @Nullable
    OAuthSettings current() {
        return current;
    }

    ConfiguredGrant configured() {
        return configured;
    }

    GrantSwaps swaps() {
        return swaps;
    }

    /** Reads the store, without its lock. */
    OAuthSettings read(SettingsStore store) {
        return latest(store.load());
    }

    /** What counts while the store cannot be read. */
    OAuthSettings withoutStore() {
        return latest(Optional.empty());
    }

    /** What counts: what is stored, unless this process holds a later generation of the same login, or an unsaved one. */
    OAuthSettings latest(Optional<OAuthSettings> stored) {
        OAuthSettings theirs = stored.orElse(null);
        OAuthSettings unsaved = ledger.outranking(theirs, nothing);
        OAuthSettings latest = unsaved == null ? latest(theirs) : unsaved;
        sight(latest, true);
        return latest;
    }

    private OAuthSettings latest(@Nullable OAuthSettings stored) {
        OAuthSettings mine = current;
        return switch (Precedence.of(mine, stored)) {
            case NOT_STORED, OLDER -> mine == null ? nothing : mine;
            default -> stored == null ? nothing : stored;
        };
    }

    /** Whether these settings are of another login, or of a later generation, than the ones in use. */
    boolean isSuperseded(OAuthSettings stored) {
        return current != null && Precedence.of(current, stored).isNews();
    }

    /** Whether the grant of the configuration is still to be tried; a store that was begun again forgets, we do not. */
    boolean isUnseen(OAuthSettings settings) {
        OAuthSettings mine = current;
        return configured.isUnseen(settings) && (mine == null || configured.isUnseen(mine));
    }

    /** Publishes settings whose tokens are fresh and other ones than those that will not do. */
    boolean adopt(OAuthSettings settings, Need need) {
        if (need.isServedBy(settings) && !isUnseen(settings) && isFresh(settings)) {
            show(settings);
            return true;
        }
        return false;
    }

    /** Publishes settings that were read, when they are news and can serve as they are; costs no call to Zendesk. */
    boolean adoptStored(OAuthSettings stored) {
        boolean dated = stored.tokens() != null && stored.tokens().expiresAt() != null;
        if (dated && Precedence.of(current, stored).isNews() && !isUnseen(stored) && isFresh(stored)) {
            show(stored);
            return true;
        }
        return false;
    }

    /** Whether the tokens of these settings can serve calls that begin now, by this machine's clock. */
    boolean isFresh(OAuthSettings settings) {
        TokenPair tokens = onOwnClock(settings).tokens();
        return tokens != null && Expiry.isFresh(tokens, surroundings.clock().instant());
    }

    /** From now on these are in use. */
    void show(OAuthSettings settings) {
        hold(settings);
        publish.accept(onOwnClock(settings));
    }

    /** From now on these are what counts here, though nobody is handed their tokens. */
    void hold(OAuthSettings settings) {
        sight(settings, false);
        swaps.use(settings);
        current = settings;
    }

    private synchronized OAuthSettings onOwnClock(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        Sighting seen = sighting;
        return tokens == null || seen == null || !seen.isOf(settings)
                ? settings
                : settings.withTokens(seen.onOwnClock(
                        tokens,
                        surroundings.clock().instant(),
                        surroundings.nanoTime().getAsLong()));
    }

    /** @param read whether somebody else may have written them, with another clock */
    private synchronized void sight(OAuthSettings settings, boolean read) {
        TokenPair tokens = settings.tokens();
        Sighting last = sighting;
        if (tokens == null || (last != null && last.isOf(settings))) {
            return;
        }
        Instant now = surroundings.clock().instant();
        long nanos = surroundings.nanoTime().getAsLong();
        Duration sinceLast = read && last != null ? last.since(now, nanos) : null;
        sighting = Sighting.of(settings, Sighting.age(tokens, sinceLast, now), last, now, nanos);
        if (read && Sighting.isOfAnotherClock(tokens, sinceLast, now)) {
            warnOfClocks(tokens, now);
        }
    }

    private void warnOfClocks(TokenPair tokens, Instant now) {
        if (!warnedOfClocks) {
            warnedOfClocks = true;
            LOG.warn(
                    "Connection {}: tokens that another process obtained at {} by its clock came at {} by the clock here."
                            + " They are used by the clock here. Have both machines keep time with NTP.",
                    connection.describe(),
                    tokens.obtainedAt(),
                    now);
        }
    }
}
