package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Precedence;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;

/**
 * The settings that one manager uses, and whether others take their place. Changed by the attempt's thread, and under
 * the manager's lock while no attempt runs; reading is thread-safe.
 */
public final class KnownSettings {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final ConfiguredGrant configured;
    private final Ledger ledger;
    private final EngineContext context;
    private final Consumer<OAuthSettings> publish;
    private final GrantConflicts conflicts;
    private final OAuthSettings nothing;
    private volatile @Nullable OAuthSettings current;
    private @Nullable FirstSight sighting; // guarded by this
    private boolean warnedOfClocks; // guarded by this
    private @Nullable String stepBack; // guarded by this

    KnownSettings(Connection connection, Ledger ledger, EngineContext context, Consumer<OAuthSettings> publish) {
        Credentials.Renewable credentials = (Credentials.Renewable) connection.credentials();
        this.connection = connection;
        this.configured = new ConfiguredGrant(credentials);
        this.ledger = ledger;
        this.context = context;
        this.publish = publish;
        this.conflicts = new GrantConflicts(connection, configured);
        this.nothing = OAuthSettings.empty(credentials.owner(connection.url()));
    }

    /** Null while this process has met no tokens. */
    @Nullable
    public OAuthSettings current() {
        return current;
    }

    public ConfiguredGrant configured() {
        return configured;
    }

    GrantConflicts conflicts() {
        return conflicts;
    }

    /** Reads the store, without its lock. What is unsaved serves while the store cannot be read. */
    OAuthSettings read(SettingsStore store) {
        try {
            return latest(store.load());
        } catch (SettingsStoreException e) {
            if (ledger.isDirty()) {
                return withoutStore();
            }
            throw e;
        }
    }

    /** The same under the store's lock, where no save of this process is under way: what is older there was put there. */
    OAuthSettings read(SettingsTransaction transaction) {
        Optional<OAuthSettings> stored = transaction.load();
        OAuthSettings mine = current;
        if (mine != null && !ledger.isDirty() && Precedence.of(mine, stored.orElse(null)) == Precedence.OLDER) {
            noteStepBack(mine.generation(), stored.orElseThrow().generation());
        }
        return latest(stored);
    }

    private synchronized void noteStepBack(long mine, long stored) {
        stepBack = "from generation " + mine + " to " + stored;
        LOG.warn(
                "Connection {}: the stored settings went back {}: an older copy was put in their place. What this process"
                        + " holds goes on. Do not restore settings from a backup: a refresh token can be used once.",
                connection.describe(),
                stepBack);
    }

    /** Between which generations the stored settings went back, once; null when they did not. */
    public synchronized @Nullable String takeStepBack() {
        String taken = stepBack;
        stepBack = null;
        return taken;
    }

    /** The settings that count while the store cannot be read. */
    OAuthSettings withoutStore() {
        OAuthSettings latest = whatCounts(null);
        sight(latest, false);
        return latest;
    }

    /** The stored settings, unless memory holds a later generation of the same login, or one that is not saved yet. */
    OAuthSettings latest(Optional<OAuthSettings> stored) {
        OAuthSettings latest = whatCounts(stored.orElse(null));
        sight(latest, true);
        return latest;
    }

    private OAuthSettings whatCounts(@Nullable OAuthSettings stored) {
        OAuthSettings unsaved = ledger.outranking(stored, nothing);
        if (unsaved != null) {
            return unsaved;
        }
        OAuthSettings mine = current;
        return switch (Precedence.of(mine, stored)) {
            case NOT_STORED, OLDER -> mine == null ? nothing : mine;
            default -> stored == null ? nothing : stored;
        };
    }

    /** Whether these settings are of another login, or of a later generation, than the ones in use. */
    public boolean isSuperseded(OAuthSettings stored) {
        return current != null && Precedence.of(current, stored).isNews();
    }

    /** Whether the grant of the configuration is still to be tried. Memory knows it too, if the store was emptied. */
    public boolean isUnseen(OAuthSettings settings) {
        OAuthSettings mine = current;
        return configured.isUnseen(settings) && (mine == null || configured.isUnseen(mine));
    }

    /** Puts settings into use whose tokens are fresh and serve the need. */
    boolean adopt(OAuthSettings settings, TokenRequirement need) {
        if (need.isServedBy(settings) && !isUnseen(settings) && isFresh(settings)) {
            tellOrigin(settings);
            show(settings);
            return true;
        }
        return false;
    }

    /** Puts stored settings into use that are news and fresh. Makes no call to Zendesk. */
    public boolean adoptStored(OAuthSettings stored) {
        boolean dated = stored.tokens() != null && stored.tokens().expiresAt() != null;
        if (dated && Precedence.of(current, stored).isNews() && !isUnseen(stored) && isFresh(stored)) {
            tellOrigin(stored);
            show(stored);
            return true;
        }
        return false;
    }

    /** Once, and only where a stored token came before any that this process obtained. */
    private void tellOrigin(OAuthSettings stored) {
        TokenPair tokens = onOwnClock(stored).tokens();
        if (current == null && tokens != null) {
            LOG.info(
                    "Connection {}: goes on with the stored token (generation {}, until {}) of {}",
                    connection.describe(),
                    stored.generation(),
                    tokens.expiresAt() == null
                            ? "an unknown end"
                            : tokens.expiresAt().truncatedTo(ChronoUnit.SECONDS),
                    ledger.identity());
        }
    }

    /** Whether the tokens of these settings can serve calls that begin now, by this machine's clock. */
    boolean isFresh(OAuthSettings settings) {
        TokenPair tokens = onOwnClock(settings).tokens();
        return tokens != null && Expiry.isFresh(tokens, context.clock().instant());
    }

    /** Puts settings into use, and publishes them. */
    void show(OAuthSettings settings) {
        hold(settings);
        publish.accept(onOwnClock(settings));
    }

    /** Puts settings into use without publishing their tokens. */
    void hold(OAuthSettings settings) {
        sight(settings, false);
        conflicts.use(settings);
        current = settings;
    }

    private synchronized OAuthSettings onOwnClock(OAuthSettings settings) {
        TokenPair tokens = settings.tokens();
        FirstSight seen = sighting;
        return tokens == null || seen == null || !seen.isOf(settings)
                ? settings
                : settings.withTokens(seen.onOwnClock(tokens, FirstSight.Reading.of(context)));
    }

    /** @param read whether the store was read, so that another process, with another clock, may have written them */
    private synchronized void sight(OAuthSettings settings, boolean read) {
        TokenPair tokens = settings.tokens();
        if (tokens == null) {
            return;
        }
        FirstSight.Reading now = FirstSight.Reading.of(context);
        FirstSight before = sighting;
        if (before != null && before.isOf(settings)) {
            sighting = read ? before.again(now) : before;
            return;
        }
        Duration sinceLast = read && before != null ? before.sinceLast(now) : null;
        sighting = FirstSight.of(settings, FirstSight.age(tokens, sinceLast, now.wall()), before, now);
        if (read && FirstSight.isOfAnotherClock(tokens, sinceLast, now.wall())) {
            warnOfClocks(tokens, now.wall());
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
