package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
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
public final class Rotation extends TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration LOCK_SLICE = Duration.ofSeconds(1);
    private static final int LOCK_SLICES = 30;

    private final Credentials.Grant credentials;
    private final AuthorizationServer server;
    private final Exchange exchange;

    public Rotation(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context,
            Events events) {
        super(connection, store, server, context, events);
        this.credentials = (Credentials.Grant) connection.credentials();
        this.server = server;
        this.exchange = new Exchange(connection, store, server, context, ledger, known, events::beforeSending);
    }

    @Override
    public boolean renew(TokenRequirement need) throws InterruptedException {
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

    private boolean renew(SettingsTransaction transaction, TokenRequirement need) throws InterruptedException {
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
    private boolean begin(SettingsTransaction transaction, OAuthSettings found, TokenRequirement need)
            throws InterruptedException {
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
                known.conflicts().tookOver(found);
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
                throw ErrorMessages.ended(connection, ended);
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
            throw ErrorMessages.ended(connection, ended);
        }
        if (context.authorizer() != null) {
            // Before a person logs in: a grant that could not be stored would be lost.
            transaction.reserve();
        }
        throw current.tokens() == null
                ? ErrorMessages.noGrant(connection, store)
                : ErrorMessages.noRefreshToken(connection);
    }

    private OAuthSettings login(SettingsTransaction transaction, OAuthSettings current, AuthorizationCode code)
            throws InterruptedException {
        if (ConfiguredGrant.isSpent(code, current)) {
            throw ErrorMessages.codeSpent(connection);
        }
        return exchange.spend(
                transaction,
                current,
                current,
                new TokenRequest.Code(credentials.client(), code, credentials.redirectUri()));
    }

    /** Asks Zendesk for an unknown end before the lock is taken, because the answer may take time. */
    private boolean adoptUnlocked(OAuthSettings seen, TokenRequirement need) {
        boolean unseen = known.isUnseen(seen);
        expiry.ask(unseen ? known.configured().tokens(now()) : seen.tokens());
        return !unseen && adopt(seen, need);
    }

    /** Fails without the lock when the grant is over, so that calls do not contend for it in vain. */
    private void refuseWhatIsOver(OAuthSettings seen, TokenRequirement need) {
        EndedGrant ended = exchange.endOf(seen);
        if (ended != null && need.code() == null && need != TokenRequirement.THE_LOCK && !canBegin(seen)) {
            throw ErrorMessages.ended(connection, ended);
        }
    }

    @Override
    public void revoke() throws InterruptedException {
        try (SettingsTransaction transaction = Objects.requireNonNull(lock(TokenRequirement.THE_LOCK))) {
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
            ledger.owe(erased, current.lineage(), store, context);
            throw ErrorMessages.notErased(connection, e);
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
    private @Nullable SettingsTransaction lock(TokenRequirement need) throws InterruptedException {
        Optional<SettingsTransaction> free = ledger.begin(store, Duration.ZERO);
        return (free.isPresent() ? free : context.engine().outOfTurn(() -> await(need))).orElse(null);
    }

    private Optional<SettingsTransaction> await(TokenRequirement need) throws InterruptedException {
        for (int slice = 0; slice < LOCK_SLICES; slice++) {
            Optional<SettingsTransaction> transaction = ledger.begin(store, LOCK_SLICE);
            if (transaction.isPresent() || adopt(known.read(store), need)) {
                return transaction;
            }
        }
        throw ErrorMessages.busy(connection, store);
    }

    @Override
    public boolean canBegin(OAuthSettings settings) {
        return known.isUnseen(settings) || known.configured().unspentCode(settings) != null;
    }

    @Override
    public boolean needsPerson(OAuthSettings settings) {
        return (settings.ended() != null || settings.tokens() == null) && !canBegin(settings);
    }
}
