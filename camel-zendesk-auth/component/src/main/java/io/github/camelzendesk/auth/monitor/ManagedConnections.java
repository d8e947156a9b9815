package io.github.camelzendesk.auth.monitor;

import java.util.Hashtable;
import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * One MBean for each connection, and one for those that are shown together, beside Camel's own of the context. Thread-safe.
 */
final class ManagedConnections implements ConnectionMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final CamelContext context;

    ManagedConnections(CamelContext context) {
        this.context = context;
    }

    @Override
    public void show(MonitoredConnection connection) {
        register(new ManagedConnection(connection), connection.label());
    }

    @Override
    public void hide(MonitoredConnection connection) {
        unregister(connection.label());
    }

    @Override
    public void showTogether(ConnectionGroup others) {
        register(new ManagedConnectionGroup(others), others.label());
    }

    @Override
    public void hideTogether(ConnectionGroup others) {
        unregister(others.label());
    }

    private void register(Object managed, String label) {
        try {
            agent().register(managed, name(label));
        } catch (JMException e) {
            LOG.warn("Connection '{}': it is not shown in JMX. Routes are not affected; look at the cause.", label, e);
        }
    }

    private void unregister(String label) {
        try {
            agent().unregister(name(label));
        } catch (JMException e) {
            LOG.debug("Connection '{}': its MBean stays", label, e);
        }
    }

    private ManagementAgent agent() {
        return context.getManagementStrategy().getManagementAgent();
    }

    /** With the domain and the context key that the context's own MBean has, whatever the agent is configured to. */
    private ObjectName name(String label) throws JMException {
        ObjectName own = context.getManagementStrategy()
                .getManagementObjectNameStrategy()
                .getObjectNameForCamelContext(context);
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("context", own.getKeyProperty("context"));
        keys.put("type", "zendesk-auth");
        keys.put("name", ObjectName.quote(label));
        return new ObjectName(own.getDomain(), keys);
    }
}
