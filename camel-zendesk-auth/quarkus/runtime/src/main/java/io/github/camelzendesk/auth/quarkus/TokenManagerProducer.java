package io.github.camelzendesk.auth.quarkus;

import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;

import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;

/**
 * Gives injection points the token managers of the routes. Stateless.
 */
@Singleton
public class TokenManagerProducer {
    /** Dependent, because what the routes own must not be closed with a bean, and a final class cannot have a proxy. */
    @Produces
    @Dependent
    @ZendeskConnection("")
    TokenManager tokenManager(InjectionPoint point, CamelContext context) {
        return endpoint(context, connection(point)).getTokenManager();
    }

    private static String connection(InjectionPoint point) {
        for (var qualifier : point.getQualifiers()) {
            if (qualifier instanceof ZendeskConnection connection
                    && !connection.value().isBlank()) {
                return connection.value();
            }
        }
        throw new ConfigurationRefused("@ZendeskConnection at " + point.getMember()
                + " names no connection: give it the name that the URI has, such as @ZendeskConnection(\"acme\").");
    }

    /** Camel wraps what the component says about the options; who injects is to read that first. */
    private static ZendeskAuthEndpoint endpoint(CamelContext context, String connection) {
        try {
            return context.getEndpoint("zendesk-auth:" + connection, ZendeskAuthEndpoint.class);
        } catch (ResolveEndpointFailedException e) {
            if (e.getCause() instanceof ConfigurationRefused refused) {
                throw refused;
            }
            throw e;
        }
    }
}
