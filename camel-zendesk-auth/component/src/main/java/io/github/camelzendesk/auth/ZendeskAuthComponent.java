package io.github.camelzendesk.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * The component {@code zendesk-auth}: authentication to Zendesk with credentials that stay alive. Safe for use by several
 * threads once it is started.
 */
@Component("zendesk-auth")
public class ZendeskAuthComponent extends HealthCheckComponent {
    private static final Logger LOG = LoggerFactory.getLogger(ZendeskAuthComponent.class);
    private static final int CONTINUATION_THREADS = 10;
    private static final int SHOWN_ALONE = 1000;

    @Metadata(description = "The options that all endpoints begin with.")
    private ZendeskAuthConfiguration configuration = new ZendeskAuthConfiguration();

    @Metadata(
            description =
                    "Connections by name, each with options of its own: connections.acme.url, for example. What one of them does not set is taken from the component. Where there is one, a URI can use no other.")
    private Map<String, ZendeskAuthConnection> connections = new LinkedHashMap<>();

    private final Observation observation;
    private final ManagersInUse inUse;
    private final TokenManagers managers;
    private ExecutorService continuations;
    private boolean masksVerifiers;

    public ZendeskAuthComponent() {
        this(SHOWN_ALONE);
    }

    /** @param shownAlone how many connections operators see each by itself */
    ZendeskAuthComponent(int shownAlone) {
        observation = new Observation(shownAlone, System::nanoTime);
        inUse = new ManagersInUse(observation);
        managers = new TokenManagers(observation, inUse);
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
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String shown = MaskedUri.of("zendesk-auth", remaining, parameters);
        if (!masksVerifiers && MaskedUri.hasUnknownToCamel(parameters.keySet())) {
            LOG.warn(
                    "Connection '{}': this release of Camel shows oauthVerifier and pkceVerifier in its own errors when they"
                            + " are in a URI. Set them as properties of the component instead.",
                    remaining);
        }
        ZendeskAuthConfiguration options = named().options(remaining, parameters.keySet());
        ZendeskAuthEndpoint endpoint = new ZendeskAuthEndpoint(shown, this, remaining, options);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private NamedConnections named() {
        return new NamedConnections(getCamelContext(), configuration, connections);
    }

    TokenManager manager(ZendeskAuthEndpoint user) {
        return managers.of(user, getCamelContext());
    }

    void giveBack(ZendeskAuthEndpoint user) {
        inUse.giveBack(user);
    }

    boolean isNamed(String connection) {
        return named().isNamed(connection);
    }

    /** How many endpoints use a manager. */
    int users() {
        return inUse.users();
    }

    /** The connections that are in use, for those who show them. */
    List<Observed> observed() {
        return observation.connections();
    }

    /** Where exchanges go on after a wait, so that a route never runs on the threads that renew tokens. */
    ExecutorService continuations() {
        return continuations;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        masksVerifiers = MaskedUri.teach(getCamelContext());
        ThreadPoolProfile profile = new ThreadPoolProfile("ZendeskAuth");
        profile.setPoolSize(CONTINUATION_THREADS);
        profile.setMaxPoolSize(CONTINUATION_THREADS);
        profile.setMaxQueueSize(-1);
        profile.setAllowCoreThreadTimeOut(true);
        continuations = getCamelContext().getExecutorServiceManager().newThreadPool(this, "ZendeskAuth", profile);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        named().check();
        inUse.start();
        observation.start(Surfaces.of(this));
    }

    @Override
    protected void doStop() throws Exception {
        inUse.stop();
        observation.stop();
        super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
        getCamelContext().getExecutorServiceManager().shutdownNow(continuations);
        super.doShutdown();
    }
}
