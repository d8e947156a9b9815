package io.github.camelzendesk.auth.monitor;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

import io.github.camelzendesk.auth.oauth.ConnectionStatus;

/**
 * A connection in JMX, without a secret: what {@code operation=status} tells. Thread-safe.
 *
 * <p>Nothing here ends a grant: what cannot be undone is not one click away.
 */
@ManagedResource(description = "Managed Zendesk connection")
public final class ManagedConnection {
    private static final int PATIENCE_SECONDS = 60;

    private final MonitoredConnection connection;

    ManagedConnection(MonitoredConnection connection) {
        this.connection = connection;
    }

    @ManagedAttribute(description = "Name of the connection")
    public String getConnection() {
        return text("connection");
    }

    @ManagedAttribute(description = "Origin of the Zendesk account")
    public String getUrl() {
        return text("url");
    }

    @ManagedAttribute(description = "Authentication scheme")
    public String getAuthScheme() {
        return text("authScheme");
    }

    @ManagedAttribute(description = "State: READY, IDLE, FAILING, AUTHORIZATION_REQUIRED or DIRTY")
    public String getState() {
        return text("state");
    }

    @ManagedAttribute(description = "Whether a token request, or a login, is under way")
    public boolean isRefreshing() {
        return Boolean.TRUE.equals(member("refreshing"));
    }

    @ManagedAttribute(description = "Where the grant is kept")
    public String getSettingsLocation() {
        return text("settingsLocation");
    }

    @ManagedAttribute(description = "Number of rotations; null while it is unknown")
    public Long getGeneration() {
        return (Long) member("generation");
    }

    @ManagedAttribute(description = "End of the access token")
    public String getExpiresAt() {
        return text("expiresAt");
    }

    @ManagedAttribute(description = "End of the refresh token")
    public String getRefreshTokenExpiresAt() {
        return text("refreshTokenExpiresAt");
    }

    @ManagedAttribute(description = "Whether memory holds what the settings do not: then this process must not end")
    public boolean isSettingsDirty() {
        return connection.manager().status().isDirty();
    }

    @ManagedAttribute(description = "Why the refresh token is about to lapse")
    public String getWarning() {
        return text("warning");
    }

    @ManagedAttribute(description = "Why a person must log in")
    public String getAuthorizationRequired() {
        return text("authorizationRequired");
    }

    @ManagedAttribute(description = "Why the settings cannot be used")
    public String getReason() {
        return text("reason");
    }

    @ManagedAttribute(description = "Why no valid token is available")
    public String getShortfall() {
        return text("shortfall");
    }

    @ManagedAttribute(description = "What became of the last attempt of this process to obtain a token, and when")
    public String getLastOutcome() {
        return text("lastOutcome");
    }

    @ManagedAttribute(description = "When the timer renews the access token")
    public String getNextRefresh() {
        return text("nextRefresh");
    }

    @ManagedOperation(description = "Obtain a new token now, and return the new status")
    public String refresh() throws InterruptedException {
        return outcome(connection.manager().refresh().thenApply(ConnectionStatus::asMap));
    }

    @ManagedOperation(description = "Ask Zendesk who we are; never rotates")
    public String verify() throws InterruptedException {
        return outcome(connection.manager().verify());
    }

    private String text(String member) {
        Object value = member(member);
        return value == null ? null : value.toString();
    }

    private Object member(String name) {
        return connection.manager().status().asMap().get(name);
    }

    /** Plain text and plain errors: a JMX client has none of our classes. */
    private static String outcome(CompletableFuture<Map<String, Object>> result) throws InterruptedException {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS).toString();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new IllegalStateException("still under way after " + PATIENCE_SECONDS + " s; it goes on");
        }
    }
}
