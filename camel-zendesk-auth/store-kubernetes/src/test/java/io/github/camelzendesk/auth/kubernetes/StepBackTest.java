package io.github.camelzendesk.auth.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.kubernetes.internal.lease.StoredGenerations;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Secret that holds an older value than was stored in it: restored from a backup, applied from git, or emptied. */
@ExtendWith(SecretLeakExtension.class)
class StepBackTest {
    private final ApiServer api = new ApiServer();
    private final KubernetesClient client = api.client();
    private final String secret = "step-back-" + UUID.randomUUID();
    private final String key = Rig.place(secret).key();

    StepBackTest() {
        api.create(ApiServer.NAMESPACE, secret);
    }

    @AfterEach
    void end() {
        client.close();
        api.close();
    }

    @Test
    void theRefreshTokenOfAGenerationThatWasReplacedIsNotSent() throws Exception {
        save(login("first", 1), login("first", 2));
        put(login("first", 1));

        try (SettingsTransaction restarted = Rig.begin(store())) {
            OAuthSettings found = restarted.load().orElseThrow();
            assertThatThrownBy(() -> restarted.save(refreshing(found)))
                    .isInstanceOf(SettingsStoreException.class)
                    .hasMessageContainingAll(
                            "went back to generation 1", "generation 2 was stored", "operation=authorizationUrl")
                    .hasMessageContaining(key);
        }
        assertThat(Rig.stored(store())).isEqualTo(1);
    }

    @Test
    void aProcessThatHasTheNewerTokensInMemoryGoesOnWithThem() throws Exception {
        save(login("first", 1), login("first", 2));
        put(login("first", 1));

        save(refreshing(login("first", 2)), login("first", 3));

        save(refreshing(store().load().orElseThrow()));
        assertThat(store().load().orElseThrow().generation()).isEqualTo(3);
    }

    @Test
    void anotherLoginIsTakenWhateverItsGeneration() throws Exception {
        save(login("first", 5), login("first", 6));
        put(login("second", 1));

        try (SettingsTransaction restarted = Rig.begin(store())) {
            restarted.save(refreshing(restarted.load().orElseThrow()));
        }
    }

    @Test
    void anEarlierLoginThatWentBackIsNotTakenForANewOne() throws Exception {
        save(login("first", 1), login("first", 2), login("second", 3));
        put(login("first", 1));

        try (SettingsTransaction restarted = Rig.begin(store())) {
            OAuthSettings found = restarted.load().orElseThrow();
            assertThatThrownBy(() -> restarted.save(refreshing(found))).hasMessageContaining("went back");
        }
    }

    @Test
    void aPersonLogsInAgainWithoutTouchingTheSecret() throws Exception {
        save(login("first", 1), login("first", 2));
        put(login("first", 1));

        try (SettingsTransaction restarted = Rig.begin(store())) {
            OAuthSettings found = restarted.load().orElseThrow();
            restarted.save(found.withPending(note("a-code")).withSeen("a-code"));
            restarted.save(found.withNewLineage("second", tokens(2)));
        }
        save(refreshing(store().load().orElseThrow()));
    }

    @Test
    void theOperatorIsToldOnceForEachStepBack() throws Exception {
        save(login("first", 1), login("first", 2));
        SettingsStore restarted = store();
        put(login("first", 1));
        load(restarted);
        load(restarted);
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("from generation 2 to 1", "backup", "git", "log in again");

        put(login("first", 2));
        load(restarted);
        put(null);
        load(restarted);
        assertThat(warnings()).hasSize(2).last().asString().contains("from generation 2 to none");
    }

    @Test
    void theLeaseRemembersTheGenerationBesideWhatOthersWroteOnIt() throws Exception {
        api.change(kubernetes -> kubernetes
                .leases()
                .inNamespace(ApiServer.NAMESPACE)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(Rig.place(secret).lease())
                        .addToAnnotations("note", "keep")
                        .endMetadata()
                        .build())
                .create());

        save(login("first", 1), login("second", 2), login("second", 3));

        Lease lease = api.change(kubernetes -> kubernetes
                .leases()
                .inNamespace(ApiServer.NAMESPACE)
                .withName(Rig.place(secret).lease())
                .get());
        assertThat(lease.getMetadata().getAnnotations())
                .containsEntry("note", "keep")
                .containsEntry(StoredGenerations.ANNOTATION, "1 of first, 3 of second");
    }

    /** The token manager of a pod that starts after the restore, and of one that went through it. */
    @Test
    void aPodThatStartsAfterARestoreSpendsNothingUntilOneWithTheNewerTokensHasRefreshed() {
        try (ZendeskServer zendesk = ZendeskServer.start();
                KubernetesClient there = api.client(api.url().replace("127.0.0.1", "localhost"), builder -> {})) {
            RegisteredClient app = zendesk.confidentialClient("app");
            String first = zendesk.issue(app, "read write").refreshToken();
            try (TokenManager running = Rig.manager(client, secret, zendesk, app, first)) {
                running.authorization().join();
                String backup =
                        api.secret(ApiServer.NAMESPACE, secret).getData().get(grantKey());
                running.refresh().join();
                api.put(ApiServer.NAMESPACE, secret, grantKey(), backup);

                try (TokenManager restarted = Rig.manager(there, secret, zendesk, app, first)) {
                    assertThatThrownBy(() -> restarted.refresh().join())
                            .hasCauseInstanceOf(SettingsUnavailable.class)
                            .hasMessageContaining("went back to generation");
                    assertThat(zendesk.refreshTokenReuseCount()).isZero();

                    running.refresh().join();
                    restarted.refresh().join();
                }
            }
            assertThat(zendesk.refreshTokenReuseCount()).isZero();
        }
    }

    private String grantKey() {
        return api.secret(ApiServer.NAMESPACE, secret).getData().keySet().stream()
                .filter(name -> !name.equals("other"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> warnings() throws IOException {
        return Files.readAllLines(TestLog.FILE).stream()
                .filter(line -> line.contains(" WARN ") && line.contains(secret))
                .toList();
    }

    private void save(OAuthSettings... generations) throws InterruptedException {
        try (SettingsTransaction transaction = Rig.begin(store())) {
            for (OAuthSettings next : generations) {
                transaction.save(next);
            }
        }
    }

    private static void load(SettingsStore store) throws InterruptedException {
        try (SettingsTransaction transaction = Rig.begin(store)) {
            transaction.load();
        }
    }

    /** A store as a process has it that knows nothing yet. */
    private SettingsStore store() {
        return Rig.store(client, secret, Rig.NAME, Rig.codec(), new LeaseTiming(Rig.LEASE, System::nanoTime));
    }

    private void put(OAuthSettings restored) {
        api.put(
                ApiServer.NAMESPACE,
                secret,
                key,
                restored == null
                        ? null
                        : Base64.getEncoder().encodeToString(Rig.codec().encode(restored)));
    }

    private static OAuthSettings login(String name, long generation) {
        OAuthSettings before = Rig.generation(generation - 1);
        return before.withNewLineage(name, tokens(generation));
    }

    private static TokenPair tokens(long generation) {
        TokenPair others = Rig.generation(1).tokens();
        return new TokenPair(
                others.accessToken(),
                Secret.of(Rig.REFRESH_TOKEN + generation),
                "read",
                others.obtainedAt(),
                others.expiresAt(),
                others.refreshExpiresAt());
    }

    private static OAuthSettings refreshing(OAuthSettings found) {
        return found.withPending(note(found.tokens().fingerprint()));
    }

    private static PendingExchange note(String fingerprint) {
        return new PendingExchange(fingerprint, 9, Instant.parse("2026-11-24T10:00:00Z"), "a pod");
    }
}
