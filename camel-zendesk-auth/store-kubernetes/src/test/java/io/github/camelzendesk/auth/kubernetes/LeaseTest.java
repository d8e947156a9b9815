package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.UUID;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.SecretEntryRef;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Lease by a clock that the test moves: who may take over, and when. */
@ExtendWith(SecretLeakExtension.class)
class LeaseTest {
    private static final String NAMESPACE = ApiServer.NAMESPACE;
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static ApiServer api;
    private static KubernetesClient client;

    private final String secret = "lease-" + UUID.randomUUID();
    private final SecretEntryRef place = Rig.place(secret);
    private final Rig.Clock clock = new Rig.Clock();
    private final SettingsStore store;

    LeaseTest() {
        api.create(NAMESPACE, secret);
        store = Rig.store(client, secret, Rig.NAME, Rig.codec(), clock.terms());
    }

    @BeforeAll
    static void startServer() {
        api = new ApiServer();
        client = api.client();
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
    void theLeaseNamesTheProcessAndTheDurationForPeopleAndNotTheConnection() throws Exception {
        try (SettingsTransaction held = Rig.begin(store)) {
            assertThat(held.isExclusive()).isTrue();
            Lease lease = lease();
            assertThat(lease.getSpec().getHolderIdentity())
                    .contains("_" + ProcessHandle.current().pid() + "_");
            assertThat(lease.getSpec().getLeaseDurationSeconds()).isEqualTo(60);
            assertThat(json())
                    .as("six digits of a second, which is all that the API server reads")
                    .containsPattern("\"renewTime\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"");
            assertThat(json()).as("a connection may be called after a person").doesNotContain(Rig.NAME);
        }
        assertThat(lease().getSpec().getHolderIdentity()).isNull();
    }

    @Test
    void aLeaseThatWasGivenBackIsTakenWithoutWaitingAndByAnotherIdentity() throws Exception {
        String first;
        try (SettingsTransaction held = Rig.begin(store)) {
            assertThat(held.load()).isEmpty();
            first = lease().getSpec().getHolderIdentity();
        }
        try (SettingsTransaction held = store.begin(NO_PATIENCE).orElseThrow()) {
            assertThat(held.load()).isEmpty();
            assertThat(lease().getSpec().getHolderIdentity()).isNotEqualTo(first);
        }
    }

    @Test
    void aSilentHolderIsTakenOverFromAfterItsWholeDurationAndNotBefore() throws Exception {
        foreign("a-dead-pod", 60);

        assertThat(store.begin(NO_PATIENCE)).as("seen for the first time").isEmpty();
        clock.pass(Duration.ofSeconds(59));
        assertThat(store.begin(NO_PATIENCE)).as("a second short").isEmpty();
        clock.pass(Duration.ofSeconds(1));

        try (SettingsTransaction taken = store.begin(NO_PATIENCE).orElseThrow()) {
            taken.save(Rig.generation(1));
        }
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(4);
    }

    @Test
    void aRenewalBeginsTheWaitAnew() throws Exception {
        foreign("a-busy-pod", 60);
        assertThat(store.begin(NO_PATIENCE)).isEmpty();
        clock.pass(Duration.ofSeconds(59));
        renewed();

        assertThat(store.begin(NO_PATIENCE)).isEmpty();
        clock.pass(Duration.ofSeconds(59));
        assertThat(store.begin(NO_PATIENCE)).isEmpty();
    }

    @Test
    void theTimesInALeaseAreNotBelieved() throws Exception {
        foreign("a-pod-whose-clock-is-wrong", 60);
        assertThat(lease().getSpec().getRenewTime().getYear()).isEqualTo(1990);

        assertThat(store.begin(NO_PATIENCE)).isEmpty();
    }

    @Test
    void aHolderThatClaimedMoreTimeIsGivenIt() throws Exception {
        foreign("a-pod-with-a-longer-lease", 120);
        assertThat(store.begin(NO_PATIENCE)).isEmpty();
        clock.pass(Duration.ofSeconds(119));

        assertThat(store.begin(NO_PATIENCE)).isEmpty();
    }

    @Test
    void oneThatClaimedLessIsStillGivenOurs() throws Exception {
        foreign("a-pod-that-would-not-last-an-exchange", 1);
        assertThat(store.begin(NO_PATIENCE)).isEmpty();
        clock.pass(Duration.ofSeconds(59));

        assertThat(store.begin(NO_PATIENCE)).isEmpty();
    }

    @Test
    void aHolderThatCannotRenewStopsWhileNobodyMayTakeOverYet() throws Exception {
        try (SettingsTransaction held = Rig.begin(store)) {
            assertThat(held.load()).isEmpty();
            api.deny("update", "leases");
            clock.pass(Duration.ofSeconds(39));
            assertThat(held.isExclusive()).isTrue();

            clock.pass(Duration.ofSeconds(1));

            assertThat(held.isExclusive()).isFalse();
            assertThatThrownBy(held::reserve).isInstanceOf(SettingsStoreException.class);
            assertThatThrownBy(() -> held.save(Rig.generation(1))).isInstanceOf(SettingsStoreException.class);
        }
        assertThat(store.load()).isEmpty();
    }

    @Test
    void aHolderThatWokeUpBeforeAnybodyNoticedGoesOn() throws Exception {
        try (SettingsTransaction held = Rig.begin(store)) {
            assertThat(held.load()).isEmpty();
            clock.pass(Duration.ofHours(1));

            held.save(Rig.generation(1));
        }
        assertThat(Rig.stored(store)).isEqualTo(1);
    }

    @Test
    void reserveLeavesAWholeLeaseForTheExchange() throws Exception {
        try (SettingsTransaction held = Rig.begin(store)) {
            clock.pass(Duration.ofSeconds(39));
            held.reserve();
            clock.pass(Duration.ofSeconds(39));
            api.deny("update", "leases");

            assertThat(held.isExclusive()).isTrue();
        }
    }

    @Test
    void aLeaseThatSomebodyElseHoldsNowEndsTheTransactionForGood() throws Exception {
        SettingsTransaction held = Rig.begin(store);
        foreign("a-successor", 60);

        assertThatThrownBy(held::reserve)
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContaining("is held by another process meanwhile");
        assertThat(held.isExclusive()).isFalse();
        held.close();

        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("a-successor");
    }

    @Test
    void aLeaseThatWasDeletedEndsTheTransactionAndTheNextOneMakesAnother() throws Exception {
        SettingsTransaction held = Rig.begin(store);
        api.change(kubernetes -> kubernetes
                .leases()
                .inNamespace(NAMESPACE)
                .withName(place.lease())
                .delete());

        assertThatThrownBy(() -> held.save(Rig.generation(1))).isInstanceOf(SettingsStoreException.class);
        held.close();

        store.begin(NO_PATIENCE).orElseThrow().close();
    }

    @Test
    void aLeaseThatWasCreatedBeforehandNeedsNoRightToCreateOne() throws Exception {
        api.change(kubernetes -> kubernetes
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(place.lease())
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .create());
        api.deny("create", "leases");

        store.begin(NO_PATIENCE).orElseThrow().close();
    }

    @Test
    void aLabelOnTheLeaseDisturbsNobody() throws Exception {
        try (SettingsTransaction held = Rig.begin(store)) {
            change(new LeaseBuilder(lease())
                    .editMetadata()
                    .addToLabels("seen-by", "an operator")
                    .endMetadata()
                    .build());

            held.reserve();
            held.save(Rig.generation(1));
        }
        assertThat(lease().getMetadata().getLabels()).containsKey("seen-by");
        assertThat(lease().getSpec().getHolderIdentity()).isNull();
    }

    @Test
    void aLeaseThatCouldNotBeGivenBackDoesNotHoldUpItsOwnProcess() throws Exception {
        SettingsTransaction held = Rig.begin(store);
        api.deny("update", "leases");
        held.close();
        api.answer(call -> null);
        assertThat(lease().getSpec().getHolderIdentity()).isNotNull();

        store.begin(NO_PATIENCE).orElseThrow().close();
    }

    @Test
    void aClaimWhoseAnswerIsLostDoesNotHoldUpItsOwnProcess() throws Exception {
        Rig.begin(store).close();
        api.lose(call -> call.is("update", "leases"));
        assertThatThrownBy(() -> store.begin(NO_PATIENCE)).isInstanceOf(SettingsStoreException.class);
        assertThat(lease().getSpec().getHolderIdentity()).isNotNull();
        api.lose(call -> false);

        store.begin(NO_PATIENCE).orElseThrow().close();
    }

    @Test
    void anInterruptedHolderGivesTheLeaseBackAllTheSame() throws Exception {
        SettingsTransaction held = Rig.begin(store);
        Thread.currentThread().interrupt();
        held.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lease().getSpec().getHolderIdentity()).isNull();
    }

    private Lease lease() {
        return api.change(kubernetes -> kubernetes
                .leases()
                .inNamespace(NAMESPACE)
                .withName(place.lease())
                .get());
    }

    private String json() {
        return api.change(kubernetes ->
                kubernetes.raw("/apis/coordination.k8s.io/v1/namespaces/" + NAMESPACE + "/leases/" + place.lease()));
    }

    private void foreign(String holder, int seconds) {
        Lease before = lease();
        LeaseBuilder next = before == null ? new LeaseBuilder() : new LeaseBuilder(before);
        Lease lease = next.editOrNewMetadata()
                .withName(place.lease())
                .withNamespace(NAMESPACE)
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(seconds)
                .withRenewTime(ZonedDateTime.of(1990, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC))
                .withLeaseTransitions(3)
                .endSpec()
                .build();
        api.change(kubernetes -> before == null
                ? kubernetes.resource(lease).create()
                : kubernetes.resource(lease).update());
    }

    private void renewed() {
        change(new LeaseBuilder(lease())
                .editSpec()
                .withRenewTime(ZonedDateTime.of(1990, 1, 1, 0, 0, 20, 0, ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    private void change(Lease next) {
        api.change(kubernetes -> kubernetes.resource(next).update());
    }
}
