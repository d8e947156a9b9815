package io.github.camelzendesk.auth;

import org.apache.camel.Endpoint;

import io.github.camelzendesk.auth.oauth.TokenManager;

/** Which manager an endpoint uses. Thread-safe; changed under the lock of {@link ManagersInUse}. */
final class ManagerUse {
    private final Endpoint endpoint;
    private final String connection;
    private volatile TokenManager manager;
    private volatile boolean asked = true;

    ManagerUse(Endpoint endpoint, String connection) {
        this.endpoint = endpoint;
        this.connection = connection;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String connection() {
        return connection;
    }

    /** Null when the endpoint has none yet, or none any more. */
    TokenManager manager() {
        if (!asked) {
            asked = true;
        }
        return manager;
    }

    /** @param taken null when it uses none any more */
    void use(TokenManager taken) {
        manager = taken;
    }

    boolean wasAskedSinceLastLook() {
        boolean was = asked;
        asked = false;
        return was;
    }
}
