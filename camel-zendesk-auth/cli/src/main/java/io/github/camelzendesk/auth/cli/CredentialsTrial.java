package io.github.camelzendesk.auth.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.migrate.Grant;
import io.github.camelzendesk.auth.cli.internal.migrate.Migration;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.options.Options;

/** Tries new credentials beside the old ones, and tells who acts with each. For one thread. */
final class CredentialsTrial {
    private final CommandContext context;

    CredentialsTrial(CommandContext context) {
        this.context = context;
    }

    /**
     * Asks Zendesk. That the old ones no longer work is told; the login of a person is left to the command of that name.
     *
     * @throws ZendeskAuthException when the new ones do not work
     */
    void of(Migration migration, Grant grant) throws Exception {
        Optional<Map<String, Object>> old = old(migration.old());
        if (grant == Grant.AUTHORIZATION_CODE) {
            tell("The new client is tried by the login. The person who logs in is who acts then.");
            return;
        }
        Map<String, Object> fresh = fresh(migration.next());
        tell("New credentials: " + person(fresh) + ".");
        old.ifPresent(before -> tell(
                Objects.equals(before.get("userId"), fresh.get("userId"))
                        ? "Both act as the same person."
                        : "They act as different persons: what only " + before.get("email")
                                + " may see or do fails from now on, and changes carry the name of "
                                + fresh.get("email")
                                + ". To keep the person, create the client logged in as that one."));
    }

    private Optional<Map<String, Object>> old(NamedConnection connection) throws Exception {
        try (TokenManager manager = connection.manager().openOnDemand()) {
            Map<String, Object> identity = ConnectionCommand.await(manager.verify());
            tell("Old credentials: " + person(identity) + ".");
            return Optional.of(identity);
        } catch (ConfigurationRefused e) {
            tell("Old credentials: Zendesk refuses them already.");
            return Optional.empty();
        }
    }

    /** With a token of its own, which is not kept, and ended again. */
    private Map<String, Object> fresh(NamedConnection connection) throws Exception {
        NamedConnection trial = connection
                .with(Options.OAUTH_SETTINGS_LOCATION, "memory:" + UUID.randomUUID())
                .with(Options.ACCESS_TOKEN_LIFETIME, Duration.ofMinutes(5));
        try (TokenManager manager = trial.manager().openOnDemand()) {
            ConnectionCommand.await(manager.authorization());
            Map<String, Object> identity = ConnectionCommand.await(manager.verify());
            end(manager);
            return identity;
        }
    }

    private void end(TokenManager manager) throws InterruptedException {
        try {
            ConnectionCommand.await(manager.revoke());
        } catch (ZendeskAuthException e) {
            tell("The token of the trial could not be revoked: it ends by itself, in five minutes.");
        }
    }

    private static String person(Map<String, Object> identity) {
        return identity.getOrDefault("email", "?") + " (" + identity.getOrDefault("role", "?") + ", id "
                + identity.get("userId") + ")";
    }

    private void tell(String line) {
        context.terminal().err().println(line);
    }
}
