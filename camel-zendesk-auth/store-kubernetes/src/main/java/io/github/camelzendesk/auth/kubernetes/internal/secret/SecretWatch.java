package io.github.camelzendesk.auth.kubernetes.internal.secret;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.ApiExceptionTranslator;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.KubernetesExecutor;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.SettingsStore;

/**
 * The one watch that this JVM has on a Secret, for the stores of all its connections. Thread-safe.
 *
 * <p>Whatever ends the watch, the Secret is read again and watched from there, so that nothing is missed. Only those are
 * told whose key has another value than before; all are, when the Secret could not be read in between: they may have
 * tried in vain.
 */
public final class SecretWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SecretWatch.class);
    private static final Map<Key, SecretWatch> ALL = new ConcurrentHashMap<>();
    // A connection may be dead without a word; the server ends a watch after some minutes of its own accord, too.
    private static final Duration RENEWAL = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LASTING = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 8;

    private final Cluster cluster;
    private final SecretEntryRef place;
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private Map<String, Integer> known = Map.of(); // guarded by this
    private boolean blind = true; // guarded by this
    private boolean warned; // guarded by this
    private boolean closed; // guarded by this
    private long since; // guarded by this
    private int failures; // guarded by this
    private int turn; // guarded by this
    private boolean isEntered; // guarded by this
    private @Nullable Watch watch; // guarded by this
    private KubernetesExecutor.@Nullable Cancellable next; // guarded by this

    /** By the client too: an application that closes its own must not end the watch of another. */
    private record Key(String secret, Object client) {}

    private SecretWatch(Cluster cluster, SecretEntryRef place) {
        this.cluster = cluster;
        this.place = place;
    }

    public static SettingsStore.Watch join(Cluster cluster, SecretEntryRef place, Runnable changed) {
        // Two wishes may share one Runnable, and each ends for itself.
        Runnable own = new Listener(changed);
        Key key = new Key(place.secretIdentity(), cluster.owner());
        ALL.compute(key, (same, present) -> {
            SecretWatch watch = present == null ? new SecretWatch(cluster, place) : present;
            watch.listeners
                    .computeIfAbsent(place.key(), name -> new CopyOnWriteArrayList<>())
                    .add(own);
            if (present == null) {
                KubernetesExecutor.execute(() -> watch.connect(0));
            }
            return watch;
        });
        return () -> leave(key, place, own);
    }

    private static void leave(Key key, SecretEntryRef place, Runnable own) {
        ALL.computeIfPresent(key, (same, watch) -> {
            watch.listeners.computeIfPresent(place.key(), (name, present) -> {
                present.remove(own);
                return present.isEmpty() ? null : present;
            });
            if (!watch.listeners.isEmpty()) {
                return watch;
            }
            KubernetesExecutor.execute(watch::close);
            return null;
        });
    }

    /** Reads the Secret and watches it from there, unless another turn has begun since. */
    private synchronized void connect(int mine) {
        if (closed || mine != turn) {
            return;
        }
        end();
        int ours = ++turn;
        String verb = "get";
        try {
            // Kept open for the watch; what is called meanwhile comes and goes.
            cluster.enter();
            isEntered = true;
            Secret secret = cluster.call(client -> secret(client).get());
            note(secret);
            String version = secret == null ? null : secret.getMetadata().getResourceVersion();
            verb = "watch";
            watch = cluster.call(client -> secret(client).watch(version, new Events(ours)));
            since = System.nanoTime();
            warned = false;
            tellAllIfBlind();
            next = KubernetesExecutor.after(jittered(RENEWAL), () -> connect(ours));
        } catch (KubernetesClientException e) {
            failed(e, verb, ours);
        } catch (RuntimeException e) {
            // The client could not even be opened; that may end, too.
            failed(new KubernetesClientException("The client failed", e), verb, ours);
        }
    }

    private void failed(KubernetesClientException e, String verb, int ours) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "{} Until it can be watched, what other pods change is noticed when a token is due.",
                    ApiExceptionTranslator.of(e, place, verb, "secrets").getMessage());
        }
        blind = true;
        end();
        next = KubernetesExecutor.after(pause(), () -> connect(ours));
    }

    private synchronized void ended(int theirs) {
        if (!closed && theirs == turn) {
            // One that lasted ended in due course; one that did not may be refused by a proxy each time.
            failures = System.nanoTime() - since > LASTING.toNanos() ? 0 : failures;
            end();
            next = KubernetesExecutor.after(pause(), () -> connect(theirs));
        }
    }

    private synchronized void changed(int theirs, @Nullable Secret secret) {
        if (!closed && theirs == turn) {
            note(secret);
        }
    }

    private synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (watch != null) {
            watch.close();
            watch = null;
        }
        if (isEntered) {
            isEntered = false;
            cluster.leave();
        }
    }

    private Resource<Secret> secret(KubernetesClient client) {
        return client.secrets().inNamespace(place.namespace()).withName(place.secret());
    }

    /** Tells those whose key is another than it was. */
    private void note(@Nullable Secret secret) {
        Map<String, Integer> now = new HashMap<>();
        Map<String, String> data = secret == null ? Map.of() : SettingsEntry.data(secret);
        // Hashes, as a copy would keep in memory what other connections have in the Secret.
        data.forEach((key, value) -> now.put(key, value.hashCode()));
        Map<String, Integer> before = known;
        known = now;
        listeners.keySet().stream()
                .filter(key -> !Objects.equals(before.get(key), now.get(key)))
                .forEach(this::tell);
    }

    private void tellAllIfBlind() {
        if (blind) {
            blind = false;
            listeners.keySet().forEach(this::tell);
        }
    }

    private void tell(String key) {
        listeners.getOrDefault(key, List.of()).forEach(Runnable::run);
    }

    private Duration pause() {
        Duration longest = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
        return jittered(longest.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longest);
    }

    private static Duration jittered(Duration longest) {
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() / 2, longest.toNanos()));
    }

    /** A wish of its own, although it may be the same Runnable. Equal to itself only. */
    private static final class Listener implements Runnable {
        private final Runnable changed;

        Listener(Runnable changed) {
            this.changed = changed;
        }

        @Override
        public void run() {
            changed.run();
        }
    }

    /** What the server sends during one turn. */
    private final class Events implements Watcher<Secret> {
        private final int turn;

        Events(int turn) {
            this.turn = turn;
        }

        @Override
        public void eventReceived(Action action, Secret secret) {
            changed(turn, action == Action.DELETED ? null : secret);
        }

        @Override
        public void onClose(WatcherException cause) {
            // Without the exception: it quotes what it could not read. A 410 is one of many ends.
            LOG.debug(
                    "{}: the watch on the Secret has ended ({})",
                    place.describe(),
                    cause.isHttpGone() ? "410" : "closed");
            ended(turn);
        }
    }
}
