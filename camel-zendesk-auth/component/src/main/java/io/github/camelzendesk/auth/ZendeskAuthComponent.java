package io.github.camelzendesk.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.component.RawParameterHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.monitor.ConnectionMonitoring;
import io.github.camelzendesk.auth.monitor.ConnectionMonitors;
import io.github.camelzendesk.auth.monitor.MonitoredConnection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/**
 * The component {@code zendesk-auth}: authentication to Zendesk with credentials that stay alive. Thread-safe once it is
 * started.
 */
@Component("zendesk-auth")
public class ZendeskAuthComponent extends HealthCheckComponent implements SSLContextParametersAware {
    private static final Logger LOG = LoggerFactory.getLogger(ZendeskAuthComponent.class);
    private static final int SHOWN_ALONE = 1000;

    @Metadata(description = "The options that all endpoints begin with.")
    private ZendeskAuthConfiguration configuration = new ZendeskAuthConfiguration();

    @Metadata(
            description =
                    "Connections by name, each with options of its own: connections.acme.url, for example. What one of them does not set is taken from the component. Where there is one, a URI can use no other.")
    private Map<String, ZendeskAuthConnection> connections = new LinkedHashMap<>();

    @Metadata(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether TLS towards Zendesk is that of the Camel context, where a connection sets no sslContextParameters.")
    private boolean useGlobalSslContextParameters;

    private final ConnectionMonitoring monitoring;
    private final ManagersInUse inUse;
    private final TokenManagerRegistry managers;
    private Continuations continuations;
    private CheckedConfigurer configurer;
    private boolean masksVerifiers;

    public ZendeskAuthComponent() {
        this(SHOWN_ALONE);
    }

    /** @param shownAlone how many connections operators see each by itself */
    ZendeskAuthComponent(int shownAlone) {
        monitoring = new ConnectionMonitoring(shownAlone, System::nanoTime);
        inUse = new ManagersInUse(monitoring, this::isNamed);
        managers = new TokenManagerRegistry(monitoring, inUse);
    }

    public ZendeskAuthConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(ZendeskAuthConfiguration configuration) {
        this.configuration = configuration;
    }

    public Map<String, ZendeskAuthConnection> getConnections() {
        return connections;
    }

    public void setConnections(Map<String, ZendeskAuthConnection> connections) {
        this.connections = connections;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    /** Not by Camel, which evaluates {@code RAW($simple{...})} before it asks whether the text may come from a message. */
    @Override
    public boolean resolveRawParameterValues() {
        return false;
    }

    /** Comes before Camel takes options of its own out of the parameters. */
    @Override
    protected void validateURI(String uri, String path, Map<String, Object> parameters) {
        if (!parameters.isEmpty() && named().find(path) != null) {
            MessageInput.check(parameters);
        } else {
            RawParameterHelper.resolveRawParameterValues(getCamelContext(), parameters);
        }
        super.validateURI(uri, path, parameters);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        checkOptions();
        String shown = MaskedUri.of("zendesk-auth", remaining, parameters);
        ZendeskAuthConfiguration named = named().find(remaining);
        ZendeskAuthEndpoint endpoint =
                new ZendeskAuthEndpoint(shown, this, remaining, named == null ? configuration.copy() : named);
        if (named == null) {
            warnOfVerifiers(remaining, parameters.keySet());
            bind(endpoint, parameters);
        } else {
            MessageInput.bind(parameters, named);
            // So that Camel, which would look up what it finds there, binds none of them.
            parameters.clear();
        }
        if (endpoint.getConfiguration().getSslContextParameters() == null) {
            endpoint.getConfiguration().setSslContextParameters(retrieveGlobalSslContextParameters());
        }
        return endpoint;
    }

    private void bind(ZendeskAuthEndpoint endpoint, Map<String, Object> parameters) {
        CheckedConfigurer options = new CheckedConfigurer(getEndpointPropertyConfigurer(), false);
        PropertyBindingSupport.build()
                .withConfigurer(options)
                .withIgnoreCase(true)
                .bind(getCamelContext(), endpoint, parameters);
        options.check("The URI of connection '" + LogSafeText.oneLine(endpoint.getConnection()) + "'");
    }

    @Override
    public PropertyConfigurer getComponentPropertyConfigurer() {
        return configurer;
    }

    private void checkOptions() {
        configurer.check("The component zendesk-auth");
    }

    private void warnOfVerifiers(String connection, Set<String> options) {
        if (!masksVerifiers && MaskedUri.hasUnregisteredSecret(options)) {
            LOG.warn(
                    "Connection '{}': this release of Camel shows oauthVerifier and pkceVerifier in its own errors when they"
                            + " are in a URI. Set them as properties of the component instead.",
                    connection);
        }
    }

    NamedConnections named() {
        return new NamedConnections(getCamelContext(), configuration, connections);
    }

    TokenManager manager(ManagerUse user, ZendeskAuthConfiguration options) {
        return managers.of(user, options, getCamelContext());
    }

    void giveBack(ManagerUse user) {
        inUse.giveBack(user);
    }

    boolean isNamed(String connection) {
        return named().isNamed(connection);
    }

    /** How many endpoints use a manager. */
    int users() {
        return inUse.users();
    }

    /** The connections in use, for monitoring. */
    List<MonitoredConnection> observed() {
        return monitoring.connections();
    }

    /** Where exchanges go on after a wait. */
    Executor continuations() {
        return continuations;
    }

    /** Camel 4.14 sets the options of a component that it has built and not initialized. */
    @Override
    protected void doBuild() throws Exception {
        super.doBuild();
        configurer = new CheckedConfigurer(super.getComponentPropertyConfigurer(), true);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        masksVerifiers = MaskedUri.registerSensitiveKeywords(getCamelContext());
        continuations = new Continuations(this, getCamelContext().getExecutorServiceManager());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkOptions();
        named().check();
        inUse.start();
        monitoring.start(ConnectionMonitors.of(getCamelContext(), isHealthCheckProducerEnabled()));
    }

    @Override
    protected void doStop() throws Exception {
        inUse.stop();
        monitoring.stop();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        continuations.shutdown();
        managers.shutdown();
        super.doShutdown();
    }
}
