package io.github.camelzendesk.auth.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.ApiExceptionTranslator;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** The manifests that are shipped: they grant what the store asks for, all of it and nothing else. */
class ManifestTest {
    private static final String NAME = "zendesk-auth";
    private final ApiServer api = new ApiServer();
    private final KubernetesClient client = api.client();
    private List<HasMetadata> rights;
    private List<HasMetadata> grant;

    @BeforeEach
    void readManifests() throws Exception {
        rights = read(ApiExceptionTranslator.RIGHTS);
        grant = read(ApiExceptionTranslator.GRANT);
    }

    private List<HasMetadata> read(String file) throws IOException {
        try (InputStream yaml = ManifestTest.class.getResourceAsStream("/" + file)) {
            return client.load(yaml).items();
        }
    }

    @AfterEach
    void end() {
        client.close();
        api.close();
    }

    @Test
    void theRightsHoldWhatAPodNeedsAndNothingThatIsRotated() {
        assertThat(rights).hasSize(3).allSatisfy(item -> {
            assertThat(item.getMetadata().getName()).isEqualTo(NAME);
            assertThat(item.getMetadata().getNamespace()).isEqualTo(ApiServer.NAMESPACE);
        });
        assertThat(only(ServiceAccount.class, rights)).isNotNull();
        RoleBinding binding = only(RoleBinding.class, rights);
        assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
        assertThat(binding.getRoleRef().getName()).isEqualTo(NAME);
        assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
            assertThat(subject.getKind()).isEqualTo("ServiceAccount");
            assertThat(subject.getName()).isEqualTo(NAME);
            assertThat(subject.getNamespace()).isEqualTo(ApiServer.NAMESPACE);
        });
    }

    @Test
    void theGrantIsAnEmptySecretAndAFreeLease() {
        assertThat(grant).hasSize(2).allSatisfy(item -> assertThat(
                        item.getMetadata().getNamespace())
                .isEqualTo(ApiServer.NAMESPACE));
        Secret secret = only(Secret.class, grant);
        assertThat(secret.getMetadata().getName()).isEqualTo(NAME);
        assertThat(secret.getData()).isNullOrEmpty();
        assertThat(secret.getStringData()).isNullOrEmpty();
        assertThat(secret.getImmutable()).isNull();
        Lease lease = only(Lease.class, grant);
        assertThat(lease.getMetadata().getName()).isEqualTo(Rig.place(NAME).lease());
        assertThat(lease.getSpec()).isNull();
    }

    @Test
    void noGitOpsToolDeletesTheGrantOrAppliesItASecondTime() {
        assertThat(grant).allSatisfy(item -> assertThat(item.getMetadata().getAnnotations())
                .containsOnly(
                        entry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false"),
                        entry("argocd.argoproj.io/compare-options", "IgnoreExtraneous"),
                        entry("kustomize.toolkit.fluxcd.io/prune", "disabled"),
                        entry("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent")));
    }

    @Test
    void theRoleAllowsWhatTheStoreDoesAndNothingThatItDoesNot() throws Exception {
        grant.forEach(item -> api.change(kubernetes -> kubernetes.resource(item).create()));
        Role role = only(Role.class, rights);
        api.answer(call -> allows(role, call) ? null : ApiServer.status(403, "Forbidden"));

        doEverything();

        assertThat(api.calls()).allSatisfy(call -> assertThat(allows(role, call))
                .as("the Role allows %s", call)
                .isTrue());
        Set<String> done = api.calls().stream()
                .map(call -> call.verb() + " " + call.group() + "/" + call.resource())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(granted(role)).isEqualTo(done);
    }

    @Test
    void theRoleNamesTheSecretTheLeaseAndNoWildcard() {
        for (PolicyRule rule : only(Role.class, rights).getRules()) {
            assertThat(rule.getVerbs()).doesNotContain("*", "list", "create", "delete", "patch");
            assertThat(rule.getResources()).doesNotContain("*").hasSize(1);
            assertThat(rule.getResourceNames())
                    .containsExactly(
                            rule.getResources().contains("secrets")
                                    ? NAME
                                    : Rig.place(NAME).lease());
        }
    }

    private void doEverything() throws InterruptedException {
        Rig.Clock clock = new Rig.Clock();
        SettingsStore store = Rig.store(client, NAME, Rig.NAME, Rig.codec(), clock.terms());
        try (SettingsStore.Watch watch = store.watch(() -> {}).orElseThrow()) {
            assertThat(watch).isNotNull();
            for (int round = 1; round < 3; round++) {
                try (SettingsTransaction transaction = Rig.begin(store)) {
                    transaction.load();
                    transaction.save(Rig.generation(round));
                    transaction.reserve();
                    transaction.isExclusive();
                    clock.pass(Duration.ofHours(1));
                    transaction.save(Rig.generation(round));
                    transaction.keepUnparsed(new byte[1]);
                    store.begin(Duration.ZERO);
                }
            }
            Awaitility.await().until(() -> api.calls().stream().anyMatch(call -> call.is("watch", "secrets")));
        }
    }

    private static boolean allows(Role role, ApiCall call) {
        return role.getRules().stream()
                .anyMatch(rule -> rule.getApiGroups().contains(call.group())
                        && rule.getResources().contains(call.resource())
                        && rule.getVerbs().contains(call.verb())
                        && (rule.getResourceNames().isEmpty()
                                || rule.getResourceNames().contains(call.name()))
                        && call.namespace().equals(role.getMetadata().getNamespace()));
    }

    private static Set<String> granted(Role role) {
        return role.getRules().stream()
                .flatMap(rule -> rule.getVerbs().stream()
                        .map(verb -> verb + " " + rule.getApiGroups().get(0) + "/"
                                + rule.getResources().get(0)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> T only(Class<T> type, List<HasMetadata> manifest) {
        return manifest.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .collect(Collectors.collectingAndThen(Collectors.toList(), list -> {
                    assertThat(list).hasSize(1);
                    return list.get(0);
                }));
    }
}
