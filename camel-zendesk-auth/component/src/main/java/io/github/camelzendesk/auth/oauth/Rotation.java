package io.github.camelzendesk.auth.oauth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/**
 * The grant of a person, whose refresh tokens rotate. For one thread at a time: the attempt's.
 *
 * <p>A refresh token can be used once, so the order matters: lock, read again and adopt what another process stored,
 * decide, note, send, store ({@link Exchange}), publish, release. Throws {@link SettingsStoreException} when the store
 * cannot be used.
 */
final class Rotation extends TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration LOCK_SLICE = Duration.ofSeconds(1);
    private static final int LOCK_SLICES = 30;

    private final Credentials.Grant credentials;
    private final AuthorizationServer server;
    private final Exchange exchange;

    Rotation(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            Surroundings surroundings,
            Events events) {
        super(connection, store, server, surroundings, events);
        this.credentials = (Credentials.Grant) connection.credentials();
        this.server = server;
        this.exchange = new Exchange(connection, store, server, surroundings, ledger, known, events::beforeSending);
    }

    @Override
    boolean renew(Need need) throws InterruptedException {
        OAuthSettings seen = known.read(store);
        if (adoptUnlocked(seen, need)) {
            return false;
        }
        refuseWhatIsOver(seen, need);
        boolean obtained;
        try (SettingsTransaction transaction = lock(need)) {
            obtained = transaction != null && renew(transaction, need);
        }
        learnEnd();
        return obtained;
    }

    private boolean renew(SettingsTransaction transaction, Need need) throws InterruptedException {
        OAuthSettings found = known.latest(transaction.load());
        if (need.code() != null) {
            return publish(login(transaction, found, need.code()));
        }
        if (known.isUnseen(found)) {
            return begin(transaction, found, need);
        }
        return !adopt(found, need) && publish(obtain(transaction, found));
    }

    /** Tries the grant of the configuration once. If Zendesk refuses it, the stored grant stays in use. */
    private boolean begin(SettingsTransaction transaction, OAuthSettings found, Need need) throws InterruptedException {
        OAuthSettings begun = known.configured().inPlaceOf(found, now());
        OAuthSettings dated = withKnownEnd(begun);
        boolean living = found.tokens() != null && exchange.endOf(found) == null;
        if (!living && need.isServedBy(dated) && known.isFresh(dated)) {
            // Stored now, so that it outlives a change of the configuration.
            saveIfPossible(transaction, dated);
            known.show(dated);
            return false;
        }
        refuseWhileHeldBack(found);
        OAuthSettings obtained = begun.refreshToken() == null ? null : exchangeConfigured(transaction, found, begun);
        if (obtained != null) {
            if (living) {
                known.swaps().tookOver(found);
            }
            return publish(obtained);
        }
        OAuthSettings seen = found.withSeen(known.configured().fingerprint());
        if (adopt(seen, need)) {
            saveIfPossible(transaction, seen);
            return false;
        }
        return publish(obtain(transaction, seen));
    }

    /** Null when Zendesk refuses it, and another grant is stored. */
    private @Nullable OAuthSettings exchangeConfigured(
            SettingsTransaction transaction, OAuthSettings found, OAuthSettings begun) throws InterruptedException {
        EndedGrant ended = exchange.endOf(begun);
        try {
            if (ended != null) {
                throw Refusals.ended(connection, ended);
            }
            return exchange.spend(transaction, found, begun, exchange.refresh(begun));
        } catch (AuthorizationRequired e) {
            if (found.tokens() == null) {
                throw e;
            }
            LOG.warn(
                    "Connection {}: oauthRefreshToken is not taken, and what is stored goes on in its place. {}",
                    connection.describe(),
                    e.getMessage());
            return null;
        }
    }

    private OAuthSettings obtain(SettingsTransaction transaction, OAuthSettings current) throws InterruptedException {
        refuseWhileHeldBack(current);
        EndedGrant ended = exchange.endOf(current);
        if (ended == null && current.refreshToken() != null) {
            return exchange.spend(transaction, current, current, exchange.refresh(current));
        }
        AuthorizationCode code = known.configured().unspentCode(current);
        if (code != null) {
            return login(transaction, current, code);
        }
        if (ended != null) {
            throw Refusals.ended(connection, ended);
        }
        if (surroundings.authorizer() != null) {
            // Before a person logs in: a grant that could not be stored would be lost.
            transaction.reserve();
        }
        throw current.tokens() == null ? Refusals.noGrant(connection, store) : Refusals.noRefreshToken(connection);
    }

    private OAuthSettings login(SettingsTransaction transaction, OAuthSettings current, AuthorizationCode code)
            throws InterruptedException {
        if (ConfiguredGrant.isSpent(code, current)) {
            throw Refusals.codeSpent(connection);
        }
        return exchange.spend(
                transaction,
                current,
                current,
                new TokenRequest.Code(credentials.client(), code, credentials.redirectUri()));
    }

    /** Asks Zendesk for an unknown end before the lock is taken, because the answer may take time. */
    private boolean adoptUnlocked(OAuthSettings seen, Need need) {
        boolean unseen = known.isUnseen(seen);
        expiry.ask(unseen ? known.configured().tokens(now()) : seen.tokens());
        return !unseen && adopt(seen, need);
    }

    /** Fails without the lock when the grant is over, so that calls do not contend for it in vain. */
    private void refuseWhatIsOver(OAuthSettings seen, Need need) {
        EndedGrant ended = exchange.endOf(seen);
        if (ended != null && need.code() == null && need != Need.THE_LOCK && !canBegin(seen)) {
            throw Refusals.ended(connection, ended);
        }
    }

    @Override
    void revoke() throws InterruptedException {
        try (SettingsTransaction transaction = Objects.requireNonNull(lock(Need.THE_LOCK))) {
            OAuthSettings current = known.latest(transaction.load());
            Secret accessToken =
                    current.tokens() == null ? null : current.tokens().accessToken();
            if (accessToken != null && exchange.endOf(current) == null) {
                server.revoke(accessToken);
            }
            OAuthSettings erased = current.withNextTokens(null)
                    .withEnded(new EndedGrant("", AuthorizationRequired.Reason.REVOKED.name(), now()));
            known.show(erased);
            erase(transaction, erased, current);
        }
    }

    private void erase(SettingsTransaction transaction, OAuthSettings erased, OAuthSettings current) {
        try {
            ledger.save(transaction, erased);
        } catch (SettingsStoreException e) {
            ledger.owe(erased, current.lineage(), store, surroundings);
            throw Refusals.notErased(connection, e);
        }
    }

    private void saveIfPossible(SettingsTransaction transaction, OAuthSettings settings) {
        try {
            ledger.save(transaction, settings);
        } catch (SettingsStoreException e) {
            LOG.warn("Connection {}: the settings could not be stored. {}", connection.describe(), e.getMessage());
        }
    }

    /** The lock; null when another process stored what is needed while this one waited. */
    private @Nullable SettingsTransaction lock(Need need) throws InterruptedException {
        Optional<SettingsTransaction> free = ledger.begin(store, Duration.ZERO);
        return (free.isPresent() ? free : surroundings.engine().outOfTurn(() -> await(need))).orElse(null);
    }

    private Optional<SettingsTransaction> await(Need need) throws InterruptedException {
        for (int slice = 0; slice < LOCK_SLICES; slice++) {
            Optional<SettingsTransaction> transaction = ledger.begin(store, LOCK_SLICE);
            if (transaction.isPresent() || adopt(known.read(store), need)) {
                return transaction;
            }
        }
        throw Refusals.busy(connection, store);
    }

    @Override
    boolean canBegin(OAuthSettings settings) {
        return known.isUnseen(settings) || known.configured().unspentCode(settings) != null;
    }

    @Override
    boolean needsPerson(OAuthSettings settings) {
        return (settings.ended() != null || settings.tokens() == null) && !canBegin(settings);
    }
}
