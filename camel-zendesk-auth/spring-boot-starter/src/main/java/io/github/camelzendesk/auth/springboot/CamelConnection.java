package io.github.camelzendesk.auth.springboot;

import java.util.Map;
import java.util.Objects;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.BeanFactory;

import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

/** A connection as Camel knows it, whether or not Camel has started. Thread-safe. */
final class CamelConnection implements ZendeskRestClientInterceptor.Identity {
    private final String name;
    private final BeanFactory beanFactory;

    CamelConnection(String name, BeanFactory beanFactory) {
        this.name = name;
        this.beanFactory = beanFactory;
    }

    @Override
    public TokenManager tokenManager() {
        return endpoint().getTokenManager();
    }

    @Override
    public Map<String, String> headers() {
        return ConfiguredHeaders.of(endpoint().getConfiguration().toOptions());
    }

    private ZendeskAuthEndpoint endpoint() {
        CamelContext camelContext = beanFactory.getBean(CamelContext.class);
        return Objects.requireNonNull(camelContext.getEndpoint("zendesk-auth:" + name, ZendeskAuthEndpoint.class));
    }
}
