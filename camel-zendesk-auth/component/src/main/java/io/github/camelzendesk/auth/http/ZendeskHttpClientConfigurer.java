package io.github.camelzendesk.auth.http;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

/**
 * Hands a connection's authorization over to camel-http, late: each request gets it on its way out, and no message ever
 * holds it. Set up by one thread; what it installs is thread-safe.
 *
 * <p>Only requests to the connection's own scheme, host and port get it, redirects and retries included; there it drops
 * an {@code Authorization} and an {@code X-On-Behalf-Of} that the message brought along. The endpoint's {@code onBehalfOf}
 * and marketplace options go the same way. After 401 {@code invalid_token} (RFC 6750 section 3.1) the token is replaced,
 * and the request sent once more if its body can be; never after 403. Without a token nothing is sent, and the exchange
 * fails with the {@link io.github.camelzendesk.auth.oauth.ZendeskAuthException} that says why.
 *
 * <p>For {@code httpClientConfigurer=#bean}, on an endpoint or on the component. Needs camel-http on the class path.
 */
public class ZendeskHttpClientConfigurer implements HttpClientConfigurer, CamelContextAware {
    private static final String NAME = "zendesk-auth";

    private CamelContext camelContext;
    private String endpoint;
    private TokenManager manager;

    /** For beans in XML and YAML, which set {@link #setEndpoint endpoint}. */
    public ZendeskHttpClientConfigurer() {}

    /** For the connection of an endpoint, such as {@code zendesk-auth:acme}. */
    public ZendeskHttpClientConfigurer(String endpoint) {
        this.endpoint = endpoint;
    }

    /** For a connection without further headers. */
    public ZendeskHttpClientConfigurer(TokenManager manager) {
        this.manager = manager;
    }

    /**
     * The endpoint whose connection and headers are handed over, such as {@code zendesk-auth:acme}. Without secrets: Camel
     * Main prints the property that sets it.
     */
    public void setEndpoint(String uri) {
        this.endpoint = uri;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** @throws ConfigurationRefused when there is no connection to hand over */
    @Override
    public void configureHttpClient(HttpClientBuilder clientBuilder) {
        clientBuilder.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, handover());
    }

    private AuthorizationExecChainHandler handover() {
        if (manager != null) {
            return new AuthorizationExecChainHandler(() -> manager, Map.of());
        }
        ZendeskAuthEndpoint resolved = resolve();
        // Asked for its manager each time: after a restart of the context it has another one.
        return new AuthorizationExecChainHandler(
                resolved::getTokenManager,
                ConfiguredHeaders.of(resolved.getConfiguration().toOptions()));
    }

    private ZendeskAuthEndpoint resolve() {
        if (endpoint == null || camelContext == null) {
            throw new ConfigurationRefused(
                    "ZendeskHttpClientConfigurer needs an endpoint, such as zendesk-auth:acme, and the CamelContext,"
                            + " which a bean of the registry gets by itself.");
        }
        Endpoint resolved = camelContext.getEndpoint(endpoint);
        if (resolved instanceof ZendeskAuthEndpoint zendesk) {
            return zendesk;
        }
        throw new ConfigurationRefused(
                "The endpoint of ZendeskHttpClientConfigurer must be one of zendesk-auth, such as zendesk-auth:acme.");
    }
}
