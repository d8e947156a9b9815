package io.github.camelzendesk.auth.springboot;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Configures the component by {@code camel.component.zendesk-auth.*}, and makes beans of its connections. For Spring alone.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.zendesk-auth"})
@EnableConfigurationProperties({ZendeskAuthOptions.class, ZendeskAuthComponentOptions.class})
@Import(ConnectionBeans.class)
@ImportRuntimeHints(StarterHints.class)
public class ZendeskAuthComponentAutoConfiguration {
    @Bean
    @Lazy
    ComponentCustomizer configureZendeskAuthComponent(
            CamelContext camelContext,
            ZendeskAuthOptions common,
            ZendeskAuthComponentOptions options,
            ObjectProvider<ZendeskConnectionDetails> details,
            Environment environment) {
        return new PropertiesCustomizer(
                camelContext, common, options, details.orderedStream().toList(), environment);
    }

    /** Only where Actuator is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(SanitizingFunction.class)
    static class Actuator {
        @Bean
        SanitizingFunction zendeskAuthSecretOptions() {
            return new SecretOptions();
        }
    }
}
