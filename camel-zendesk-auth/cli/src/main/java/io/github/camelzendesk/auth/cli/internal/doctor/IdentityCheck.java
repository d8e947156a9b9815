package io.github.camelzendesk.auth.cli.internal.doctor;

import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.Credentials.Grant;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.options.Options;

/** Whether Zendesk knows the credentials as they are; nothing is renewed. Immutable. */
record IdentityCheck(NamedConnection connection, Credentials credentials, @Nullable Stored stored) implements Check {
    @Override
    public Finding run() throws InterruptedException {
        if (stored != null && (stored.settings() == null || stored.settings().tokens() == null) && !brings()) {
            return Finding.ok("there is no token to ask with yet");
        }
        NamedConnection limited = connection.with(Options.EXCHANGE_TIMEOUT, Probe.LIMIT);
        try (TokenManager manager = limited.manager().openOnDemand()) {
            return of(manager.verify().get());
        } catch (ExecutionException e) {
            return refused(e);
        }
    }

    private boolean brings() {
        return credentials instanceof Grant grant && grant.bootstrap().accessToken() != null;
    }

    private static Finding of(Map<String, Object> identity) {
        return Boolean.TRUE.equals(identity.get("verified"))
                ? Finding.ok("Zendesk knows user " + identity.get("userId") + " (" + identity.get("role") + ")")
                : Finding.ok("not asked: " + identity.get("reason"));
    }

    private static Finding refused(ExecutionException error) {
        if (error.getCause() instanceof AuthorizationRequired required) {
            return required.reason() == AuthorizationRequired.Reason.REFUSED
                    ? Finding.warn(
                            "Zendesk knows nobody by the access token",
                            "Run 'zendesk-auth refresh', which uses the refresh token; if that fails, 'zendesk-auth login'.")
                    : Finding.of(Level.FAIL, required);
        }
        if (error.getCause() instanceof ZendeskAuthException known) {
            return Finding.of(Level.FAIL, known);
        }
        throw new IllegalStateException(error.getCause());
    }
}
