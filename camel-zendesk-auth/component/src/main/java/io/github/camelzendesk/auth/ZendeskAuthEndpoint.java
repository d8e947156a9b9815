package io.github.camelzendesk.auth;

import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Authenticate calls to Zendesk with credentials that stay alive.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "zendesk-auth",
        title = "Zendesk Auth",
        syntax = "zendesk-auth:connection",
        producerOnly = true,
        category = {Category.CLOUD, Category.SECURITY},
        headersClass = ZendeskAuthConstants.class)
public class ZendeskAuthEndpoint extends DefaultEndpoint implements AsyncEndpoint {
    @UriPath
    @Metadata(required = true, description = "Names the connection.")
    private final String connection;

    @UriParam
    private ZendeskAuthConfiguration configuration;

    private final ManagerUse use;

    ZendeskAuthEndpoint(String uri, Component component, String connection, ZendeskAuthConfiguration configuration) {
        super(uri, component);
        this.connection = connection;
        this.configuration = configuration;
        this.use = new ManagerUse(this, connection);
    }

    public String getConnection() {
        return connection;
    }

    public ZendeskAuthConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ZendeskAuthConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * The keeper of this connection's credentials, shared by all endpoints with the same effective settings.
     *
     * <p>It is closed with the last endpoint that uses it, or, where its connection is configured by name, with the
     * component. So ask for it each time, or keep those of named connections only.
     *
     * @throws io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable when the component is stopped
     */
    public TokenManager getTokenManager() {
        TokenManager held = use.manager();
        return held == null ? component().manager(use, configuration) : held;
    }

    ZendeskAuthComponent component() {
        return (ZendeskAuthComponent) getComponent();
    }

    @Override
    public Producer createProducer() {
        return new ZendeskAuthProducer(this, component().continuations());
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "zendesk-auth has no messages to give: use it with to(\"zendesk-auth:" + connection + "\")");
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        // Options that make no connection are refused before anything else is started.
        getTokenManager();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        TokenManager ready = getTokenManager();
        if (configuration.isVerifyOnStart()) {
            ready.verify().join();
        }
    }

    @Override
    protected void doStop() throws Exception {
        component().giveBack(use);
        super.doStop();
    }
}
