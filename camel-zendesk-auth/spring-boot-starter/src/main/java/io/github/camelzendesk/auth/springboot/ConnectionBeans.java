package io.github.camelzendesk.auth.springboot;

import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
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
import io.micrometer.observation.ObservationRegistry;

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

    ConnectionBeans(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        UnknownOptions.refuse(environment);
        for (String name : connections().keySet()) {
            register(registry, name, "", OfCamel.class, "tokenManager");
            if (ClassUtils.isPresent(REST_CLIENT, getClass().getClassLoader())) {
                register(registry, name, ":interceptor", OverTheWeb.class, "interceptor");
                register(registry, name, ":rest-client", OverTheWeb.class, "restClient");
            }
            if (ClassUtils.isPresent(WEB_CLIENT, getClass().getClassLoader())) {
                register(registry, name, ":web-client-filter", Reactive.class, "filter");
                register(registry, name, ":web-client", Reactive.class, "webClient");
            }
        }
    }

    private Map<String, ZendeskAuthOptions> connections() {
        return Binder.get(environment)
                .bind(CONNECTIONS, Bindable.mapOf(String.class, ZendeskAuthOptions.class))
                .orElseGet(Map::of);
    }

    /** @param makers where the static method is that makes the bean; Spring can call one in what it writes ahead of time too */
    private static void register(
            BeanDefinitionRegistry registry, String connection, String suffix, Class<?> makers, String method) {
        RootBeanDefinition definition = new RootBeanDefinition(makers);
        definition.setFactoryMethodName(method);
        definition.getConstructorArgumentValues().addIndexedArgumentValue(0, connection);
        definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, connection));
        definition.setLazyInit(true);
        definition.setDestroyMethodName(NO_DESTROY_METHOD);
        registry.registerBeanDefinition("zendesk-auth:" + connection + suffix, definition);
    }

    private static ObservationRegistry observations(BeanFactory beanFactory) {
        return beanFactory.getBeanProvider(ObservationRegistry.class).getIfUnique(() -> ObservationRegistry.NOOP);
    }

    static final class OfCamel {
        static TokenManager tokenManager(String connection, BeanFactory beanFactory) {
            return new CamelConnection(connection, beanFactory).tokenManager();
        }
    }

    /** Loaded only where spring-web is. */
    static final class OverTheWeb {
        static ZendeskRestClientInterceptor interceptor(String connection, BeanFactory beanFactory) {
            return new ZendeskRestClientInterceptor(new CamelConnection(connection, beanFactory));
        }

        static ZendeskRestClient restClient(String connection, BeanFactory beanFactory) {
            return new ZendeskRestClient(new CamelConnection(connection, beanFactory), observations(beanFactory));
        }
    }

    /** Loaded only where spring-webflux is. */
    static final class Reactive {
        static ZendeskWebClientFilter filter(String connection, BeanFactory beanFactory) {
            return new ZendeskWebClientFilter(new CamelConnection(connection, beanFactory));
        }

        static ZendeskWebClient webClient(String connection, BeanFactory beanFactory) {
            return new ZendeskWebClient(new CamelConnection(connection, beanFactory), observations(beanFactory));
        }
    }
}
