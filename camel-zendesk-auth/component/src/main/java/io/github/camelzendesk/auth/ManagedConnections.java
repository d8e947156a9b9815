package io.github.camelzendesk.auth;

import java.util.Hashtable;
import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ManagementAgent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * One MBean for each connection, beside Camel's own of the context. Safe for use by several threads.
 */
final class ManagedConnections implements Surface {
    private static final Logger LOG = LoggerFactory.getLogger(TokenManager.class);

    private final CamelContext context;

    ManagedConnections(CamelContext context) {
        this.context = context;
    }

    @Override
    public void show(Observed connection) {
        try {
            agent().register(new ManagedConnection(connection), name(connection));
        } catch (JMException e) {
            LOG.warn(
                    "Connection '{}': it is not shown in JMX. Routes are not concerned; look at the cause.",
                    connection.label(),
                    e);
        }
    }

    @Override
    public void hide(Observed connection) {
        try {
            agent().unregister(name(connection));
        } catch (JMException e) {
            LOG.debug("Connection '{}': its MBean stays", connection.label(), e);
        }
    }

    private ManagementAgent agent() {
        return context.getManagementStrategy().getManagementAgent();
    }

    /** With the domain and the context key that the context's own MBean has, whatever the agent is configured to. */
    private ObjectName name(Observed connection) throws JMException {
        ObjectName own = context.getManagementStrategy()
                .getManagementObjectNameStrategy()
                .getObjectNameForCamelContext(context);
        Hashtable<String, String> keys = new Hashtable<>();
        keys.put("context", own.getKeyProperty("context"));
        keys.put("type", "zendesk-auth");
        keys.put("name", ObjectName.quote(connection.label()));
        return new ObjectName(own.getDomain(), keys);
    }
}
