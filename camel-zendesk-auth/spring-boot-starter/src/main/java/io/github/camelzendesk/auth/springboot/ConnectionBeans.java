package io.github.camelzendesk.auth.springboot;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Makes beans of each connection that properties configure, with the connection's name as their qualifier. For one thread.
 *
 * <p>They are lazy, and found in Camel, so that Camel and all other code share one token manager. Camel closes it.
 */
final class ConnectionBeans implements ImportBeanDefinitionRegistrar {
    private static final String CONNECTIONS = "camel.component.zendesk-auth.connections";
    private static final String REST_CLIENT = "org.springframework.web.client.RestClient";
    private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";
    /** Names the method to call at the end: none. Left out, Spring would find close(). */
    private static final String NO_DESTROY_METHOD = "";

    private final Environment environment;
    private final BeanFactory beanFactory;

    ConnectionBeans(Environment environment, BeanFactory beanFactory) {
        this.environment = environment;
        this.beanFactory = beanFactory;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        UnknownOptions.refuse(environment);
        for (String name : connections().keySet()) {
            CamelConnection connection = new CamelConnection(name, beanFactory);
            register(registry, name, "", TokenManager.class, connection::tokenManager);
            if (ClassUtils.isPresent(REST_CLIENT, getClass().getClassLoader())) {
                OverTheWeb.register(registry, name, connection);
            }
            if (ClassUtils.isPresent(WEB_CLIENT, getClass().getClassLoader())) {
                Reactive.register(registry, name, connection);
            }
        }
    }

    private Map<String, ZendeskAuthOptions> connections() {
        return Binder.get(environment)
                .bind(CONNECTIONS, Bindable.mapOf(String.class, ZendeskAuthOptions.class))
                .orElseGet(Map::of);
    }

    private static <T> void register(
            BeanDefinitionRegistry registry, String connection, String suffix, Class<T> type, Supplier<T> supplier) {
        RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, connection));
        definition.setLazyInit(true);
        definition.setDestroyMethodName(NO_DESTROY_METHOD);
        registry.registerBeanDefinition("zendesk-auth:" + connection + suffix, definition);
    }

    /** Loaded only where spring-web is. */
    private static final class OverTheWeb {
        static void register(BeanDefinitionRegistry registry, String name, CamelConnection connection) {
            ConnectionBeans.register(
                    registry,
                    name,
                    ":interceptor",
                    ZendeskRestClientInterceptor.class,
                    () -> new ZendeskRestClientInterceptor(connection));
            ConnectionBeans.register(
                    registry, name, ":rest-client", ZendeskRestClient.class, () -> new ZendeskRestClient(connection));
        }
    }

    /** Loaded only where spring-webflux is. */
    private static final class Reactive {
        static void register(BeanDefinitionRegistry registry, String name, CamelConnection connection) {
            ConnectionBeans.register(
                    registry,
                    name,
                    ":web-client-filter",
                    ZendeskWebClientFilter.class,
                    () -> new ZendeskWebClientFilter(connection));
            ConnectionBeans.register(
                    registry, name, ":web-client", ZendeskWebClient.class, () -> new ZendeskWebClient(connection));
        }
    }
}
