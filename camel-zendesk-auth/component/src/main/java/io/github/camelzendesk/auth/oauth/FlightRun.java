package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.settings.SettingsStoreException;

/**
 * Carries out flights on the engine's threads: renews, and asks a person where only a person can help. For one flight at
 * a time.
 */
final class FlightRun {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final Connection connection;
    private final TokenSource rotation;
    private final Surroundings surroundings;
    private final Renewal renewal;

    FlightRun(Connection connection, TokenSource rotation, Surroundings surroundings, Renewal renewal) {
        this.connection = connection;
        this.rotation = rotation;
        this.surroundings = surroundings;
        this.renewal = renewal;
    }

    void fly(Flight flight, Need need) {
        try {
            boolean obtained = rotation.renew(need);
            renewal.succeed(flight, obtained);
        } catch (AuthorizationRequired e) {
            loginOrFail(flight, e);
        } catch (ZendeskAuthException e) {
            renewal.fail(flight, e);
        } catch (SettingsStoreException e) {
            renewal.fail(flight, Refusals.unspent(e));
        } catch (InterruptedException | RuntimeException | Error e) {
            renewal.fail(flight, Refusals.unexpected(connection, e));
        }
    }

    private void loginOrFail(Flight flight, AuthorizationRequired why) {
        Authorizer authorizer = surroundings.authorizer();
        boolean alreadyAsked = flight.need().code() != null || flight.awaitsPerson();
        if (authorizer == null || alreadyAsked || !(connection.credentials() instanceof Credentials.Grant grant)) {
            renewal.fail(flight, why);
            return;
        }
        LOG.info("Login needed: {}", why.getMessage());
        flight.markAwaitsPerson();
        try {
            authorizer
                    .authorize(Administration.authorizationUrl(connection, grant))
                    .whenComplete((code, error) -> loggedIn(flight, code, error));
        } catch (RuntimeException | Error e) {
            // Whatever a desktop or an application's own Browser throws: the flight must end, or nobody else ever
            // flies.
            renewal.fail(flight, Refusals.unexpected(connection, e));
        }
    }

    private void loggedIn(Flight flight, @Nullable AuthorizationCode code, @Nullable Throwable error) {
        if (flight.landing().isDone()) {
            LOG.info("Connection {}: the login was not needed any more, another one came first", connection.describe());
        } else if (code == null) {
            Throwable cause = Flight.cause(error);
            renewal.fail(
                    flight, cause instanceof ZendeskAuthException known ? known : Refusals.loginWithoutEnd(connection));
        } else {
            exchange(flight, code);
        }
    }

    private void exchange(Flight flight, AuthorizationCode code) {
        try {
            surroundings.engine().call(connection.url(), () -> fly(flight, Need.exchange(code)));
        } catch (RuntimeException | Error e) {
            renewal.fail(flight, Refusals.notBegun(connection, e));
        }
    }
}
