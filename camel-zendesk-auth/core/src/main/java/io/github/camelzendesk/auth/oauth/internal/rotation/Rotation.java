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
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
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
 * decide, note, send, store ({@link GuardedTokenRequest}), publish, release. Throws {@link SettingsStoreException} when the store
 * cannot be used.
 */
public final class Rotation extends TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);
    private static final Duration LOCK_SLICE = Duration.ofSeconds(1);
    private static final int LOCK_SLICES = 30;

    private final Credentials.Grant credentials;
    private final AuthorizationServer server;
    private final GuardedTokenRequest exchange;

    public Rotation(
            Connection connection,
            SettingsStore store,
            AuthorizationServer server,
            EngineContext context,
            Events events) {
        super(connection, store, server, context, events);
        this.credentials = (Credentials.Grant) connection.credentials();
        this.server = server;
        this.exchange =
                new GuardedTokenRequest(connection, store, server, context, ledger, known, events::beforeSending);
    }

    @Override
    public Renewal renew(TokenRequirement need) throws InterruptedException {
        if (adoptUnlocked(known.read(store), need)) {
            return Renewal.FOUND;
        }
        Renewal renewal;
        try (SettingsTransaction transaction = lock(need)) {
            renewal = transaction == null ? Renewal.FOUND : renew(transaction, need);
        }
        learnEnd();
        return renewal;
    }

    /** One rotation under the lock. A second round begins when another grant takes the place of a refused one. */
    private Renewal renew(SettingsTransaction transaction, TokenRequirement need) throws InterruptedException {
        OAuthSettings found = known.read(transaction);
        while (!adopt(transaction, found, need)) {
            NotedRequest noted = exchange.note(transaction, decide(transaction, found, need));
            Answer answer = exchange.send(transaction, noted);
            OAuthSettings newer = exchange.newer(transaction, answer);
            if (newer != null) {
                // Its writer may not know the grant of the configuration, which was tried before.
                found = known.configured().markSeen(newer);
                continue;
            }
            Verdict verdict = exchange.store(transaction, answer);
            if (verdict.error() == null) {
                return publish(noted, verdict.settings());
            }
            found = otherGrant(noted, verdict, verdict.error());
        }
        return Renewal.FOUND;
    }

    /** Asks Zendesk for an unknown end before the lock is taken, because the answer may take time. */
    private boolean adoptUnlocked(OAuthSettings seen, TokenRequirement need) {
        boolean unseen = known.isUnseen(seen);
        expiry.ask(unseen ? known.configured().tokens(now()) : seen.tokens());
        if (!unseen && adopt(seen, need)) {
            return true;
        }
        EndedGrant ended = exchange.endOf(seen);
        // Fails without the lock when the grant has ended, so that calls do not contend for it.
        if (ended != null && need.code() == null && need != TokenRequirement.THE_LOCK && !canBegin(seen)) {
            throw ErrorMessages.ended(connection, ended);
        }
        return false;
    }

    /** Tokens of the configuration serve at once where nothing is stored that is in force. */
    private boolean adopt(SettingsTransaction transaction, OAuthSettings found, TokenRequirement need) {
        if (!known.isUnseen(found)) {
            return adopt(found, need);
        }
        OAuthSettings begun = known.configured().inPlaceOf(found, now());
        return (!exchange.isInForce(found) && adoptAndStore(transaction, begun, need))
                || (!exchange.canRefresh(begun)
                        && adoptAndStore(transaction, known.configured().markSeen(found), need));
    }

    /** Stores them, so that they outlive a change of the configuration. */
    private boolean adoptAndStore(SettingsTransaction transaction, OAuthSettings settings, TokenRequirement need) {
        boolean adopted = adopt(settings, need);
        if (adopted) {
            saveIfPossible(transaction, withKnownEnd(settings));
        }
        return adopted;
    }

    /** What to send: a code that a login brought, or the grant of the configuration once, or the stored one. */
    private NotedRequest decide(SettingsTransaction transaction, OAuthSettings found, TokenRequirement need) {
        if (need.code() != null) {
            return login(found, need.code());
        }
        refuseWhileHeldBack(found);
        if (!known.isUnseen(found)) {
            return decide(transaction, found);
        }
        OAuthSettings begun = known.configured().inPlaceOf(found, now());
        if (exchange.canRefresh(begun)) {
            return exchange.refresh(found, begun);
        }
        EndedGrant ended = exchange.endOf(begun);
        if (ended != null && found.tokens() == null) {
            throw ErrorMessages.ended(connection, ended);
        }
        return decide(transaction, known.configured().markSeen(found));
    }

    private NotedRequest decide(SettingsTransaction transaction, OAuthSettings current) {
        if (exchange.canRefresh(current)) {
            return exchange.refresh(current, current);
        }
        AuthorizationCode code = known.configured().unspentCode(current);
        if (code != null) {
            return login(current, code);
        }
        EndedGrant ended = exchange.endOf(current);
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

    private NotedRequest login(OAuthSettings current, AuthorizationCode code) {
        if (ConfiguredGrant.isSpent(code, current)) {
            throw ErrorMessages.codeSpent(connection);
        }
        // Who logs in does so after the token was configured.
        OAuthSettings base = known.configured().markSeen(current);
        return exchange.request(
                current, base, new TokenRequest.Code(credentials.client(), code, credentials.redirectUri()));
    }

    private Renewal publish(NotedRequest noted, OAuthSettings obtained) {
        if (!noted.isOfStoredGrant() && exchange.isInForce(noted.found())) {
            known.conflicts().tookOver(noted.found());
        }
        publish(obtained);
        return noted.request() instanceof TokenRequest.Code ? Renewal.LOGGED_IN : Renewal.OBTAINED;
    }

    /** The stored grant when that of the configuration was refused; else the error reaches the callers. */
    private OAuthSettings otherGrant(NotedRequest noted, Verdict verdict, ZendeskAuthException error) {
        if (verdict.ended() == null || noted.isOfStoredGrant() || noted.found().tokens() == null) {
            throw error;
        }
        LOG.warn(
                "Connection {}: oauthRefreshToken is not taken, and what is stored goes on in its place. {}",
                connection.describe(),
                error.getMessage());
        return verdict.settings();
    }

    @Override
    public void revoke() throws InterruptedException {
        try (SettingsTransaction transaction = Objects.requireNonNull(lock(TokenRequirement.THE_LOCK))) {
            OAuthSettings current = known.read(transaction);
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
            ledger.saveLater(erased, current, store, context);
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
