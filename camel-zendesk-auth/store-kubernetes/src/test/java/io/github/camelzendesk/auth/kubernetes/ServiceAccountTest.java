package io.github.camelzendesk.auth.kubernetes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/** As in a pod: the server's address in the environment, and token, certificate and namespace in files. */
class ServiceAccountTest {
    @Test
    void aPodFindsServerTokenAndNamespaceByItself(@TempDir Path mounted) throws Exception {
        Path token = Files.writeString(mounted.resolve("token"), "a-service-account-token");
        Path namespace = Files.writeString(mounted.resolve("namespace"), "the-pods-own");
        try (ApiServer api = ApiServer.overTls()) {
            api.create("the-pods-own", "zendesk-auth");
            Map<String, String> pod = Map.of(
                    "location", "kubernetes:zendesk-auth",
                    "kubernetes.auth.tryKubeConfig", "false",
                    "KUBERNETES_SERVICE_HOST", "localhost",
                    "KUBERNETES_SERVICE_PORT", String.valueOf(api.port()),
                    "kubernetes.auth.serviceAccount.token", token.toString(),
                    "kubernetes.certs.ca.file", String.valueOf(api.certificate()),
                    "kubenamespace", namespace.toString());

            try (ChildJvm child = ChildJvm.start(PodChild.class, pod)) {
                assertThat(child.line())
                        .isEqualTo("kubernetes:https://localhost:" + api.port()
                                + "/the-pods-own/zendesk-auth#acme_acme.zendesk.com");
            }
            assertThat(api.secret("the-pods-own", "zendesk-auth").getData()).containsKey("acme_acme.zendesk.com");
            assertThat(api.authorizations()).containsOnly("Bearer a-service-account-token");
        }
    }
}
