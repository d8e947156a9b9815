package io.github.camelzendesk.auth;

import java.io.IOException;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.service.ServiceSupport;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.AsyncHttpClientConfig;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.zendesk.client.v2.Zendesk;

import io.github.camelzendesk.auth.client.zendesk.ZendeskClientFilter;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

/**
 * Makes clients of zendesk-java-client, alone or for camel-zendesk, whose requests always carry the current token. The
 * factory is for one thread at a time; the clients are safe for use by several.
 *
 * <p>A request to any other origin than the account's carries no authorization, and neither {@code X-On-Behalf-Of} nor a
 * marketplace header, whether a page of results or a redirect leads there. A 401 is answered with a newer token and a second attempt, once.
 */
public class ZendeskClientFactory {
    private String endpoint;
    private AsyncHttpClientConfig clientConfig =
            new DefaultAsyncHttpClientConfig.Builder().setFollowRedirect(true).build();

    public ZendeskClientFactory() {}

    /** For the connection of this endpoint: {@code zendesk-auth:acme}. */
    public ZendeskClientFactory(String endpoint) {
        this.endpoint = endpoint;
    }

    public String getEndpoint() {
        return endpoint;
    }

    /**
     * The endpoint whose connection authenticates: {@code zendesk-auth:acme}. Without secrets: Camel Main prints the property
     * that sets it.
     */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** The settings of the HTTP client: proxy, TLS, timeouts, filters. Those of zendesk-java-client unless set. */
    public void setClientConfig(AsyncHttpClientConfig clientConfig) {
        this.clientConfig = clientConfig;
    }

    /** A client for the connection's account. It lives as long as the context, and its connections end with it. */
    public Zendesk create(CamelContext context) {
        ZendeskAuthEndpoint connection = connection(context);
        AsyncHttpClient http = new DefaultAsyncHttpClient(config(connection));
        closeWith(context, http);
        String url = connection.getTokenManager().status().url();
        return new Zendesk.Builder(url).setClient(http).build();
    }

    private ZendeskAuthEndpoint connection(CamelContext context) {
        if (endpoint == null || !endpoint.startsWith("zendesk-auth:")) {
            throw new ConfigurationRefused(
                    "ZendeskClientFactory needs a connection: set its endpoint to one such as zendesk-auth:acme.");
        }
        return context.getEndpoint(endpoint, ZendeskAuthEndpoint.class);
    }

    private AsyncHttpClientConfig config(ZendeskAuthEndpoint connection) {
        return ZendeskClientFilter.install(
                        new DefaultAsyncHttpClientConfig.Builder(clientConfig),
                        connection::getTokenManager,
                        ConfiguredHeaders.of(connection.getConfiguration().toOptions()))
                .build();
    }

    private static void closeWith(CamelContext context, AsyncHttpClient http) {
        try {
            context.addService(new ServiceSupport() {
                @Override
                protected void doStop() throws IOException {
                    http.close();
                }
            });
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }
}
