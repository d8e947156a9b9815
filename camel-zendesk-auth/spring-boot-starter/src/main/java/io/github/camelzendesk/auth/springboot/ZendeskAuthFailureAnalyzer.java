package io.github.camelzendesk.auth.springboot;

import org.apache.camel.ResolveEndpointFailedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

/** Says what a failed start of ours wants, in the place of a stack trace. Stateless. */
final class ZendeskAuthFailureAnalyzer extends AbstractFailureAnalyzer<ZendeskAuthException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, ZendeskAuthException cause) {
        return new FailureAnalysis(cause.getMessage() + endpoint(root), action(cause), cause);
    }

    /** Our errors name no URI, because one may come from a message. At the start it is the author's. */
    private static String endpoint(Throwable root) {
        for (Throwable thrown = root; thrown != null; thrown = thrown.getCause()) {
            if (thrown instanceof ResolveEndpointFailedException failed) {
                return " The endpoint is " + failed.getUri().replaceFirst("\\?.*", "") + ".";
            }
        }
        return "";
    }

    private static String action(ZendeskAuthException cause) {
        if (cause instanceof AuthorizationRequired) {
            return "Log in to Zendesk, once: this application needs a new grant. docs/guide.adoc describes each kind of login.";
        }
        if (cause instanceof TokenEndpointUnavailable) {
            return "Start the application again, once Zendesk can be reached.";
        }
        if (cause instanceof SettingsUnavailable) {
            return "Fix the place that oauth-settings-location names, as described. No refresh token was spent.";
        }
        return "Correct the options that are named above. They are properties of camel.component.zendesk-auth, or of one"
                + " of its connections: camel.component.zendesk-auth.connections.NAME.OPTION.";
    }
}
