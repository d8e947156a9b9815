package io.github.camelzendesk.auth.kubernetes.internal.cluster;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * The way to an API server, shared by all stores of this JVM. Thread-safe.
 *
 * <p>A client of our own is opened when it is needed and closed when nobody has needed it for a while: a store has no end
 * that it is told of, and a shutdown hook would close it under the feet of the save that comes last.
 */
public final class Cluster {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int CONNECT_MILLIS = 3_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int RETRIES = 2;
    private static final Duration MOST = Duration.ofSeconds(20);
    private static @Nullable Cluster configured; // guarded by the class

    private final String server;
    private final @Nullable String namespace;
    private final @Nullable Config config; // null when the client belongs to the application
    private final Duration most;
    private final Duration idle;
    private @Nullable KubernetesClient client; // guarded by this
    private int users; // guarded by this
    private KubernetesExecutor.@Nullable Cancellable closing; // guarded by this

    /**
     * @param client null to open one of our own
     * @param most how long a call may take, whatever the client makes of its own limits
     * @param idle how long a client of our own stays open without use
     */
    public Cluster(Config config, @Nullable KubernetesClient client, Duration most, Duration idle) {
        this.most = most;
        this.idle = idle;
        this.server = config.getMasterUrl();
        this.namespace = config.getNamespace();
        this.config = client == null ? config : null;
        this.client = client;
    }

    /** The one that the pod's service account or the kubeconfig leads to, looked up once. */
    public static synchronized Cluster configured() {
        if (configured == null) {
            configured = new Cluster(bounded(found()), null, MOST, IDLE);
        }
        return configured;
    }

    private static Config found() {
        try {
            return Config.autoConfigure(null);
        } catch (KubernetesClientException e) {
            // Without the cause: a kubeconfig holds credentials, and a parser quotes what it reads.
            throw new IllegalArgumentException(
                    "The kubeconfig cannot be read, which oauthSettingsLocation=kubernetes: needs"
                            + " outside of a cluster. Check the file that KUBECONFIG names, or ~/.kube/config.");
        }
    }

    /** One that the application has a client for. */
    public static Cluster of(KubernetesClient client) {
        return new Cluster(client.getConfiguration(), client, MOST, IDLE);
    }

    /** With ten retries and no bound to speak of, as the client has them, a transaction could hang for minutes. */
    public static Config bounded(Config config) {
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setRequestTimeout(REQUEST_MILLIS);
        config.setRequestRetryBackoffLimit(RETRIES);
        // The watch is ours to renew: see SecretWatch.
        config.setWatchReconnectLimit(0);
        return config;
    }

    public String server() {
        return server;
    }

    /** The same for all that share one client. */
    public synchronized Object owner() {
        return config == null && client != null ? client : Cluster.class;
    }

    public @Nullable String namespace() {
        return namespace;
    }

    /**
     * Does some work that calls the server once, within bounds.
     *
     * @throws KubernetesClientException when the server refused, or did not answer
     */
    public <T extends @Nullable Object> T call(Function<KubernetesClient, T> work) {
        KubernetesClient open = enter();
        // Neither the body of an answer nor a client that is closed meanwhile ends the client's own wait.
        Future<T> answer = KubernetesExecutor.submit(() -> work.apply(open));
        try {
            return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KubernetesClientException known
                    ? known
                    : new KubernetesClientException("The client failed", e.getCause());
        } catch (TimeoutException e) {
            throw new KubernetesClientException("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KubernetesClientException("Interrupted", e);
        } finally {
            answer.cancel(true);
            leave();
        }
    }

    /** Keeps the client open until {@link #leave}. */
    public synchronized KubernetesClient enter() {
        if (closing != null) {
            closing.cancel();
            closing = null;
        }
        if (client == null) {
            client = new KubernetesClientBuilder().withConfig(config).build();
        }
        users++;
        return client;
    }

    public synchronized void leave() {
        users--;
        if (users == 0 && config != null) {
            closing = KubernetesExecutor.after(idle, this::closeIfIdle);
        }
    }

    private void closeIfIdle() {
        KubernetesClient unused;
        synchronized (this) {
            if (users > 0 || closing == null || client == null) {
                return;
            }
            closing = null;
            unused = client;
            client = null;
        }
        unused.close();
    }
}
