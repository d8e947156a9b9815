package io.github.camelzendesk.auth.springboot;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What properties say of the component itself, beside the {@link ZendeskAuthOptions options of its connections}. Immutable.
 *
 * @param enabled Whether the component is configured by properties.
 * @param customizer Whether properties are copied to the component.
 * @param configuration The options that all endpoints begin with. A reference to a bean, such as #name.
 * @param connections Connections by name, each with options of its own: connections.acme.url, for example. What one of them does not set is taken from the component. Where there is one, a URI can use no other.
 * @param lazyStartProducer Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing.
 * @param autowiredEnabled Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients, etc.
 * @param healthCheckConsumerEnabled Used for enabling or disabling all consumer based health checks from this component
 * @param healthCheckProducerEnabled Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default disabled all producer based health-checks. You can turn on producer checks globally by setting camel.health.producersEnabled=true.
 * @param useGlobalSslContextParameters Whether TLS towards Zendesk is that of the Camel context, where a connection sets no sslContextParameters.
 */
@ConfigurationProperties("camel.component.zendesk-auth")
public record ZendeskAuthComponentOptions(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Customizer customizer,
        @Nullable String configuration,
        @DefaultValue Map<String, ZendeskAuthOptions> connections,
        @DefaultValue("false") boolean lazyStartProducer,
        @DefaultValue("true") boolean autowiredEnabled,
        @DefaultValue("true") boolean healthCheckConsumerEnabled,
        @DefaultValue("true") boolean healthCheckProducerEnabled,
        @DefaultValue("false") boolean useGlobalSslContextParameters) {
    /**
     * As every component of Camel has it. Immutable.
     *
     * @param enabled Whether properties are copied to the component.
     */
    public record Customizer(@DefaultValue("true") boolean enabled) {}

    /** What the component is to be set to, by the names that it knows, in the order in which it must be set. */
    Map<String, Object> given(ZendeskAuthOptions common) {
        Map<String, Object> given = new LinkedHashMap<>();
        if (configuration != null) {
            // First, because the options below are set on it.
            given.put("configuration", configuration);
        }
        given.put("lazyStartProducer", lazyStartProducer);
        given.put("autowiredEnabled", autowiredEnabled);
        given.put("healthCheckConsumerEnabled", healthCheckConsumerEnabled);
        given.put("healthCheckProducerEnabled", healthCheckProducerEnabled);
        given.put("useGlobalSslContextParameters", useGlobalSslContextParameters);
        given.putAll(common.given());
        connections.forEach((name, options) ->
                options.given().forEach((option, value) -> given.put("connections[" + name + "]." + option, value)));
        return given;
    }
}
