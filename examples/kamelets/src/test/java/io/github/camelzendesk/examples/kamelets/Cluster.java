package io.github.camelzendesk.examples.kamelets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;

/** A mock of the Kubernetes API, to which a manifest was applied. Clients of this JVM find it without being told. */
final class Cluster implements AutoCloseable {
    private static final String ADDRESS = "kubernetes.master";
    private static final String KUBECONFIG = "kubernetes.auth.tryKubeConfig";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final KubernetesClient operator;
    private final Secret grant;

    Cluster(String manifest) throws IOException {
        server.init();
        operator = server.createClient();
        try (InputStream resources = Cluster.class.getResourceAsStream(manifest)) {
            for (HasMetadata resource : operator.load(resources).items()) {
                operator.resource(resource).create();
            }
        }
        grant = operator.secrets().inAnyNamespace().list().getItems().get(0);
        System.setProperty(ADDRESS, server.url("/"));
        System.setProperty(KUBECONFIG, "false");
    }

    /** What the Secret of the manifest holds by now. */
    String secret() {
        Map<String, String> data = operator.resource(grant).get().getData();
        return (data == null ? Map.<String, String>of() : data)
                .values().stream()
                        .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        System.clearProperty(ADDRESS);
        System.clearProperty(KUBECONFIG);
        operator.close();
        server.destroy();
    }
}
