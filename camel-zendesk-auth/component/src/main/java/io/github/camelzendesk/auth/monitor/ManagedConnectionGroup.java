package io.github.camelzendesk.auth.monitor;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

import io.github.camelzendesk.auth.oauth.ConnectionState;

/**
 * The connections that are shown together in JMX, without a secret: how many are in each state. Thread-safe.
 */
@ManagedResource(description = "Managed Zendesk connections that are shown together")
public final class ManagedConnectionGroup {
    private final ConnectionGroup others;

    ManagedConnectionGroup(ConnectionGroup others) {
        this.others = others;
    }

    @ManagedAttribute(description = "Number of connections that are shown together")
    public int getConnections() {
        return others.tally().count().all();
    }

    @ManagedAttribute(description = "How many hold a valid token")
    public int getReady() {
        return number(ConnectionState.READY);
    }

    @ManagedAttribute(description = "How many hold no token, and obtain one at their next call")
    public int getIdle() {
        return number(ConnectionState.IDLE);
    }

    @ManagedAttribute(description = "How many hold no token, because the last attempt failed")
    public int getFailing() {
        return number(ConnectionState.FAILING);
    }

    @ManagedAttribute(description = "For how many a person must log in")
    public int getAuthorizationRequired() {
        return number(ConnectionState.AUTHORIZATION_REQUIRED);
    }

    @ManagedAttribute(
            description =
                    "How many are in memory with what their settings lack: unless it is 0, this process must not end")
    public int getDirty() {
        return number(ConnectionState.DIRTY);
    }

    @ManagedAttribute(description = "Ten names at most of connections in trouble, the worst first")
    public String getInTrouble() {
        return String.join(", ", others.tally().count().inTrouble());
    }

    @ManagedOperation(description = "Status of the connection with this name")
    public String status(String name) {
        MonitoredConnection connection = others.byLabel().apply(name);
        if (connection == null) {
            // Plain text and plain errors: a JMX client has none of our classes.
            throw new IllegalArgumentException("there is no connection of this name");
        }
        return connection.manager().status().asMap().toString();
    }

    private int number(ConnectionState state) {
        return others.tally().count().of(state);
    }
}
