package io.github.camelzendesk.auth.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(SecretLeakExtension.class)
class SecretWatchTest {
    private static final String NAMESPACE = ApiServer.NAMESPACE;
    private static final String GONE = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
            + "\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}";
    private final ApiServer api = new ApiServer();
    private final KubernetesClient client = api.client();
    private final String secret = "watch-" + UUID.randomUUID();
    private final List<SettingsStore.Watch> watches = new ArrayList<>();
    private final AtomicInteger acme = new AtomicInteger();
    private final AtomicInteger globex = new AtomicInteger();
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

    SecretWatchTest() {
        api.create(NAMESPACE, secret);
    }

    @AfterEach
    void end() {
        watches.forEach(SettingsStore.Watch::close);
        client.close();
        api.close();
    }

    @Test
    void onlyTheConnectionWhoseKeyChangedIsTold() throws Exception {
        watchBoth();

        Rig.save(Rig.store(client, secret), 1);
        awaitTold(acme, 2);
        api.put(NAMESPACE, secret, "other", "bmV3");
        api.put(NAMESPACE, secret, key("globex@globex.zendesk.com"), "e30=");
        awaitTold(globex, 2);

        assertThat(acme).hasValue(2);
        assertThat(globex).hasValue(2);
    }

    @Test
    void aThousandConnectionsShareOneWatch() {
        for (int i = 0; i < 1000; i++) {
            watch("tenant" + i + "@acme.zendesk.com", acme);
        }
        watch("last@acme.zendesk.com", globex);
        awaitCalled("watch");
        awaitTold(acme, 1);
        int before = globex.get();

        api.put(NAMESPACE, secret, key("last@acme.zendesk.com"), "e30=");

        awaitTold(globex, before + 1);
        assertThat(api.calls().stream().map(ApiCall::verb)).containsExactly("get", "watch");
    }

    @Test
    void whatIsSavedIsToldWithinAMoment() throws Exception {
        BlockingQueue<Long> told = new LinkedBlockingQueue<>();
        watches.add(Rig.store(client, secret)
                .watch(() -> told.add(System.nanoTime()))
                .orElseThrow());
        told.take();
        List<Long> micros = new ArrayList<>();
        try (SettingsTransaction transaction = Rig.begin(Rig.store(client, secret))) {
            for (int i = 1; i <= 50; i++) {
                long begun = System.nanoTime();
                transaction.save(Rig.generation(i));
                micros.add(TimeUnit.NANOSECONDS.toMicros(told.take() - begun));
            }
        }
        micros.sort(null);
        System.out.printf(
                "from the beginning of a save to the call of a watcher: p50 %d us, p90 %d us, p98 %d us%n",
                micros.get(24), micros.get(44), micros.get(48));
        assertThat(micros.get(24)).isLessThan(TimeUnit.SECONDS.toMicros(1));
    }

    @Test
    void a410IsAnsweredByReadingAgainAndNothingIsMissed() throws Exception {
        holdSockets();
        watchBoth();
        Socket first = sockets.take();
        api.put(NAMESPACE, secret, key(Rig.NAME), "e30=");
        assertThat(acme).as("this socket is silent").hasValue(1);

        first.open.send(GONE);

        awaitTold(acme, 2);
        assertThat(globex).as("one whose key is as it was").hasValue(1);
        assertThat(sockets.take()).isNotSameAs(first);
    }

    @Test
    void aWatchThatIsClosedIsBegunAgainAndNothingIsMissed() throws Exception {
        holdSockets();
        watchBoth();
        for (int round = 0; round < 3; round++) {
            Socket current = sockets.take();
            int before = acme.get();
            api.put(NAMESPACE, secret, key(Rig.NAME), "e3" + round + "=");
            current.open.close(1000, "");
            awaitTold(acme, before + 1);
        }
        assertThat(globex).hasValue(1);
    }

    @Test
    void whenTheServerWasGoneEverybodyIsToldOnceMore() {
        watchBoth();

        api.stop();
        assertThatThrownBy(() -> Rig.store(client, secret).load())
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining(api.url() + " did not answer (");
        api.forget();
        // Up only once an attempt has failed, which is what makes the difference.
        awaitLogged("Until it can be watched");
        api.start();

        awaitTold(acme, 2);
        awaitTold(globex, 2);
    }

    @Test
    void withoutTheRightToWatchTheRestWorksAndTheLogSaysWhichRightIsMissing() throws Exception {
        api.deny("watch", "secrets");
        watch(Rig.NAME, acme);
        awaitLogged("forbids to watch secrets (403");

        Rig.save(Rig.store(client, secret), 1);
        assertThat(Rig.stored(Rig.store(client, secret))).isEqualTo(1);

        api.answer(call -> null);
        awaitTold(acme, 1);
    }

    @Test
    void aSecretThatIsCreatedLaterIsNoticed() throws Exception {
        api.change(kubernetes ->
                kubernetes.secrets().inNamespace(NAMESPACE).withName(secret).delete());
        watch(Rig.NAME, acme);
        awaitTold(acme, 1);

        api.create(NAMESPACE, secret);
        Rig.save(Rig.store(client, secret), 1);

        awaitTold(acme, 2);
    }

    @Test
    void theLastOneToLeaveEndsTheWatch() throws Exception {
        holdSockets();
        watchBoth();
        Socket socket = sockets.take();

        watches.remove(0).close();
        assertThat(socket.closed.getCount()).isEqualTo(1);
        watches.remove(0).close();

        assertThat(socket.closed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(sockets).isEmpty();
    }

    private void watchBoth() {
        watch(Rig.NAME, acme);
        watch("globex@globex.zendesk.com", globex);
        awaitTold(acme, 1);
        awaitTold(globex, 1);
    }

    private void watch(String name, AtomicInteger told) {
        SettingsStore store =
                Rig.store(client, secret, name, Rig.codec(), new LeaseTiming(Rig.LEASE, System::nanoTime));
        watches.add(store.watch(told::incrementAndGet).orElseThrow());
    }

    private void holdSockets() {
        api.answer(call -> call.is("watch", "secrets") ? new MockResponse().withWebSocketUpgrade(new Socket()) : null);
    }

    private String key(String name) {
        return Rig.place("", secret, name).key();
    }

    private void awaitCalled(String verb) {
        Awaitility.await().until(() -> api.calls().stream().anyMatch(call -> call.is(verb, "secrets")));
    }

    private static void awaitTold(AtomicInteger told, int times) {
        Awaitility.await().until(() -> told.get() >= times);
    }

    private void awaitLogged(String words) {
        Awaitility.await().until(() -> isLogged(words));
    }

    private boolean isLogged(String words) throws IOException {
        return Files.readAllLines(TestLog.FILE).stream()
                .anyMatch(line -> line.contains(" WARN ") && line.contains(secret) && line.contains(words));
    }

    /** The server's end of a watch that says nothing of its own accord. */
    private final class Socket extends WebSocketListener {
        final CountDownLatch closed = new CountDownLatch(1);
        volatile WebSocket open;

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            open = webSocket;
            sockets.add(this);
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            closed.countDown();
        }

        @Override
        public void onClosed(WebSocket webSocket, int code, String reason) {
            closed.countDown();
        }
    }
}
