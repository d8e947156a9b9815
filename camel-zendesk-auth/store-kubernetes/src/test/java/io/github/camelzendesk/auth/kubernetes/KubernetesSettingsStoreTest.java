package io.github.camelzendesk.auth.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseQueue;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What only a Secret does, and what the API server says when it will not. */
@ExtendWith(SecretLeakExtension.class)
class KubernetesSettingsStoreTest {
    private static final String NAMESPACE = ApiServer.NAMESPACE;
    private static ApiServer api;
    private static KubernetesClient client;

    private final String secret = "store-" + UUID.randomUUID();
    private final String key = Rig.place(secret).key();
    private final SettingsStore store;

    KubernetesSettingsStoreTest() {
        api.create(NAMESPACE, secret);
        store = Rig.store(client, secret);
    }

    @BeforeAll
    static void startServer() {
        api = new ApiServer();
        client = api.client();
    }

    @Test
    void aLeaseThatEndsBeforeAllAttemptsOfATokenRequestIsRefused() {
        store.requireLockFor(Rig.LEASE);

        assertThatThrownBy(() -> store.requireLockFor(Rig.LEASE.plusSeconds(9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "leaseDurationSeconds=" + (Rig.LEASE.toSeconds() + 9),
                        "exchangeTimeout",
                        "oauthSettingsLocation");
    }

    @Test
    void whatIsSharedOfALeaseGoesWithTheLastStoreThatUsesIt() {
        String other = UUID.randomUUID().toString();
        LeaseQueue used = LeaseQueue.of(secret);
        assertThat(LeaseQueue.of(secret)).isSameAs(used);
        assertThat(LeaseQueue.of(other)).isNotNull();

        Awaitility.await().until(() -> {
            System.gc();
            return !LeaseQueue.isKnown(other);
        });
        assertThat(LeaseQueue.of(secret)).isSameAs(used);
    }

    @AfterEach
    void endFaults() {
        api.answer(call -> null);
        api.lose(call -> false);
    }

    @AfterAll
    static void stopServer() {
        client.close();
        api.close();
    }

    @Test
    void aPersonReadsTheSettingsFileUnderTheKey() throws Exception {
        Rig.save(store, 1);

        String base64 = api.secret(NAMESPACE, secret).getData().get(key);
        String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        assertThat(json).contains("\"format\" : \"camel-zendesk-auth/1\"", "\"generation\" : 1");
    }

    @Test
    void whatElseIsInTheSecretIsLeftAlone() throws Exception {
        Rig.save(store, 1);

        Secret after = api.secret(NAMESPACE, secret);
        assertThat(after.getData()).containsEntry("other", "b3RoZXI=").hasSize(2);
        assertThat(after.getMetadata().getLabels()).containsEntry("owner", "somebody");
        assertThat(after.getMetadata().getAnnotations()).containsEntry("note", "keep");
        assertThat(after.getType()).isEqualTo("Opaque");
    }

    @Test
    void aChangeOfAnotherKeyMeanwhileIsKeptAndTheSaveSucceeds() throws Exception {
        try (SettingsTransaction transaction = Rig.begin(store)) {
            assertThat(transaction.load()).isEmpty();
            api.put(NAMESPACE, secret, "other", "bmV3");

            transaction.save(Rig.generation(1));
        }
        assertThat(api.secret(NAMESPACE, secret).getData()).containsEntry("other", "bmV3");
        assertThat(Rig.stored(store)).isEqualTo(1);
    }

    @Test
    void aChangeOfThisKeyMeanwhileIsKeptAndTheSaveRefusedUntilItIsReadAgain() throws Exception {
        Rig.save(store, 1);
        try (SettingsTransaction transaction = Rig.begin(store)) {
            assertThat(transaction.load()).isPresent();
            api.put(NAMESPACE, secret, key, base64(Rig.codec(), 2));

            assertThatThrownBy(() -> transaction.save(Rig.generation(3)))
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("was changed by somebody else after it was read");
            assertThat(Rig.stored(store)).isEqualTo(2);

            assertThat(transaction.load()).isPresent();
            transaction.save(Rig.generation(3));
        }
        assertThat(Rig.stored(store)).isEqualTo(3);
    }

    @Test
    void aSaveWhoseAnswerIsLostHasSucceeded() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        try (SettingsTransaction transaction = Rig.begin(store)) {
            assertThat(transaction.load()).isEmpty();
            api.lose(call -> call.is("update", "secrets") && lost.getAndIncrement() == 0);
            transaction.save(Rig.generation(1));
        }
        assertThat(lost.get()).as("the client asks again by itself").isGreaterThan(1);
        assertThat(Rig.stored(store)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"get,secrets", "update,secrets", "get,leases", "create,leases"})
    void whatRbacForbidsIsSaidWithTheVerbTheResourceAndTheManifest(String verb, String resource) {
        assertForbidden(verb, resource);
    }

    @Test
    void thatALeaseMayNotBeUpdatedIsSaidBeforeATokenIsSpent() throws Exception {
        try (SettingsTransaction transaction = Rig.begin(store)) {
            api.deny("update", "leases");
            assertThatThrownBy(transaction::reserve).hasMessageContaining("forbids to update leases (403");
        }
        assertForbidden("update", "leases");
    }

    private void assertForbidden(String verb, String resource) {
        api.deny(verb, resource);
        SettingsStore other =
                Rig.store(client, secret, Rig.NAME, Rig.codec(), new LeaseTiming(Rig.LEASE, System::nanoTime));

        assertThatThrownBy(() -> Rig.save(other, 1))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("forbids to " + verb + " " + resource + " (403")
                .hasMessageContaining("META-INF/camel-zendesk-auth/kubernetes.yaml")
                .hasMessageContaining(
                        resource.equals("secrets") ? secret : Rig.place(secret).lease())
                .hasMessageNotContaining("zrt_")
                .hasNoCause();
    }

    @Test
    void aLeaseThatIsMissingAndMayNotBeCreatedIsSaidWithTheCommandThatCreatesIt() {
        String lease = Rig.place(secret).lease();
        api.deny("create", "leases");

        assertThatThrownBy(() -> Rig.save(store, 1))
                .hasMessageContaining("there is no Lease " + lease)
                .hasMessageContaining("name: " + lease + ", namespace: " + NAMESPACE)
                .hasMessageContaining("| kubectl create -f -");
    }

    @Test
    void aLeaseThatTheRoleDoesNotNameIsSaidWithTheNameToAdd() {
        api.deny("get", "leases");

        assertThatThrownBy(() -> Rig.save(store, 1))
                .hasMessageContaining("resourceNames")
                .hasMessageContaining(Rig.place(secret).lease());
    }

    @Test
    void aSecretThatIsMissingIsSaidWithTheCommandThatCreatesIt() {
        SettingsStore nowhere = Rig.store(client, "nowhere");

        assertThatThrownBy(nowhere::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("kubectl create secret generic nowhere -n " + NAMESPACE);
        assertThatThrownBy(() -> Rig.save(nowhere, 1)).hasMessageContaining("kubectl create secret generic nowhere");
    }

    @Test
    void aServerThatTurnsEverythingAwayIsSaidAndNothingOfItsAnswerIsQuoted() {
        api.answer(call -> ApiServer.status(500, "InternalError"));

        assertThatThrownBy(store::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("answered 500, InternalError")
                .hasMessageNotContaining("zrt_");
    }

    @Test
    void credentialsThatAreNoneAreSaid() {
        api.answer(call -> ApiServer.status(401, "Unauthorized"));

        assertThatThrownBy(store::load).hasMessageContaining("does not accept the credentials (401)");
    }

    @Test
    void base64ThatIsNoneIsDamageAndLeftAsItIs() {
        api.put(NAMESPACE, secret, key, "no base64, zrt_");

        assertThatThrownBy(store::load)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("is damaged: it is not base64")
                .hasMessageNotContaining("zrt_")
                .hasNoCause();
        assertThatThrownBy(() -> Rig.save(store, 1)).hasMessageContaining("is damaged");
        assertThat(api.secret(NAMESPACE, secret).getData()).containsEntry(key, "no base64, zrt_");
    }

    @Test
    void aSecretThatWouldGrowTooLargeIsLeftAsItIs() {
        api.put(NAMESPACE, secret, "other", "A".repeat(4 * ((1 << 20) / 3)));

        assertThatThrownBy(() -> Rig.save(store, 1))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("1048576 are the most")
                .hasMessageContaining("oauthSettingsLocation");
    }

    @Test
    void aSecretWithoutRoomForTheNextTokenIsRefusedBeforeOneIsSpent() throws Exception {
        api.put(NAMESPACE, secret, "other", "A".repeat(4 * (((1 << 20) - 60 * 1024) / 3)));
        try (SettingsTransaction transaction = Rig.begin(store)) {
            transaction.save(Rig.generation(1));

            assertThatThrownBy(transaction::reserve)
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContaining("1048576 are the most");
        }
    }

    @Test
    void whatTheServerFindsTooLargeIsSaidToo() {
        api.answer(call -> call.is("update", "secrets") ? ApiServer.status(422, "Invalid") : null);

        assertThatThrownBy(() -> Rig.save(store, 1)).hasMessageContaining("A Secret holds 1 MiB");
    }

    @Test
    void anImmutableSecretIsSaidWithTheWayOut() {
        api.change(kubernetes -> kubernetes
                .resource(new SecretBuilder(api.secret(NAMESPACE, secret))
                        .withImmutable(true)
                        .build())
                .update());

        assertThatThrownBy(() -> Rig.save(store, 1)).hasMessageContaining("immutable");
    }

    @Test
    void anAnswerThatCouldNotBeUnderstoodIsKeptUnderTheKeyThreeTimesAtMost() throws Exception {
        SettingsStore sealed =
                Rig.store(client, secret, Rig.NAME, Rig.sealing(), new LeaseTiming(Rig.LEASE, System::nanoTime));
        try (SettingsTransaction transaction = Rig.begin(sealed)) {
            byte[] answer = "zrt_unparsed".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 3; i++) {
                assertThat(transaction.keepUnparsed(answer)).isPresent();
            }
            assertThat(transaction.keepUnparsed(answer)).isEmpty();
            transaction.save(Rig.generation(1));
        }
        assertThat(api.secret(NAMESPACE, secret).getData()).hasSize(5).allSatisfy((name, value) -> assertThat(
                        new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                .doesNotContain("zrt_"));
    }

    @Test
    void aSaveWhoseAnswersAreAllLostHasSucceededToo() throws Exception {
        try (SettingsTransaction transaction = Rig.begin(store)) {
            assertThat(transaction.load()).isEmpty();
            AtomicInteger asked = new AtomicInteger();
            api.lose(call -> call.is("update", "secrets") && asked.incrementAndGet() <= 3);

            transaction.save(Rig.generation(1));
        }
        assertThat(Rig.stored(store)).isEqualTo(1);
    }

    private static String base64(SettingsCodec codec, long generation) {
        return Base64.getEncoder().encodeToString(codec.encode(Rig.generation(generation)));
    }
}
