package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A holder that sleeps for longer than its lease, and wakes up when another holds it. */
class SuspendedHolderTest {
    private static final String NAMESPACE = ApiServer.NAMESPACE;
    private final ApiServer api = ApiServer.ofKubeconfig();
    private final String secret = "suspended-" + UUID.randomUUID();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Pause pause = new Pause();
    private final KubernetesClient sleepy = api.client(
            api.url(),
            builder -> builder.withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("pause", pause)));
    // The same server by another name: for this JVM that is another cluster, of which it remembers nothing.
    private final KubernetesClient waking = api.client(api.url().replace("127.0.0.1", "localhost"), builder -> {});
    private final Rig.Clock clock = new Rig.Clock();

    SuspendedHolderTest() {
        api.create(NAMESPACE, secret);
    }

    @AfterEach
    void end() {
        pause.over.countDown();
        thread.shutdown();
        sleepy.close();
        waking.close();
    }

    /** Between its last look at the Lease and its write, where no look could help. */
    @Test
    void aWriteThatComesAfterThoseOfTheSuccessorChangesNothing() throws Exception {
        SettingsTransaction stale = Rig.begin(Rig.store(sleepy, secret));
        Future<?> late = saveAndFallAsleep(stale);

        try (SettingsTransaction successor = takeOver()) {
            assertThat(successor.load()).isEmpty();
            successor.save(Rig.generation(5));
        }
        pause.over.countDown();

        assertThatThrownBy(late::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(SettingsStoreException.class)
                .hasRootCauseMessage("The key acme_acme.zendesk.com of the Secret " + NAMESPACE + "/" + secret
                        + " was changed by somebody else after it was read, so it was left as it is. The next attempt reads"
                        + " it again.");
        stale.close();
        assertThat(Rig.stored(Rig.store(waking, secret))).isEqualTo(5);
    }

    @Test
    void aWriteThatComesBeforeThoseOfTheSuccessorIsNotOverwrittenByIt() throws Exception {
        SettingsTransaction stale = Rig.begin(Rig.store(sleepy, secret));
        Future<?> late = saveAndFallAsleep(stale);
        try (SettingsTransaction successor = takeOver()) {
            assertThat(successor.load()).isEmpty();

            pause.over.countDown();
            late.get();

            assertThatThrownBy(() -> successor.save(Rig.generation(5)))
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("was changed by somebody else");
            assertThat(successor.load().orElseThrow().generation()).isEqualTo(1);
        }
        stale.close();
    }

    /** A real process under SIGSTOP, as in a debugger, a frozen cgroup or a long pause of the collector. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aProcessThatIsStoppedAcrossATakeoverNeitherSpendsNorSavesAfterIt() throws Exception {
        String location = ShortLeaseProvider.SCHEME + ":" + NAMESPACE + "/" + secret;
        SettingsStore store = SuspendedChild.store(location);
        try (ChildJvm child = ChildJvm.start(SuspendedChild.class, Map.of("location", location))) {
            assertThat(child.line()).isEqualTo("held");
            child.stop();
            try (SettingsTransaction successor =
                    store.begin(Duration.ofMinutes(2)).orElseThrow()) {
                assertThat(successor.load().orElseThrow().generation()).isEqualTo(1);
                successor.save(Rig.generation(5));

                child.goOn();
                child.tell("");

                assertThat(child.line()).isEqualTo("exclusive: false");
                assertThat(child.line()).startsWith("reserve refused").contains("is held by another process meanwhile");
                assertThat(child.line()).startsWith("save refused").contains("is held by another process meanwhile");
            }
        }
        assertThat(Rig.stored(store)).isEqualTo(5);
    }

    private Future<?> saveAndFallAsleep(SettingsTransaction transaction) throws InterruptedException {
        assertThat(transaction.load()).isEmpty();
        pause.armed = true;
        Future<?> saving = thread.submit(() -> transaction.save(Rig.generation(1)));
        assertThat(pause.begun.await(1, TimeUnit.MINUTES)).isTrue();
        return saving;
    }

    private SettingsTransaction takeOver() throws InterruptedException {
        SettingsStore store = Rig.store(waking, secret, Rig.NAME, Rig.codec(), clock.terms());
        assertThat(store.begin(Duration.ZERO)).isEmpty();
        clock.pass(Rig.LEASE);
        return store.begin(Duration.ZERO).orElseThrow();
    }

    /** Holds the next write of a Secret until it is over. */
    private static final class Pause implements Interceptor {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch over = new CountDownLatch(1);
        volatile boolean armed;

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (armed
                    && request.method().equals("PUT")
                    && request.uri().getPath().contains("/secrets/")) {
                begun.countDown();
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
