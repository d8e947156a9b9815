package io.github.camelzendesk.auth.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.github.camelzendesk.auth.kubernetes.internal.cluster.Cluster;

/**
 * An API server that keeps what it is given, writes down what it is asked for, and fails when it is told to. What it keeps
 * outlives {@link #stop}.
 */
final class ApiServer implements AutoCloseable {
    private static final int MOST_MILLIS = 60_000;

    static final String NAMESPACE = "integration";
    private static final String OPERATOR = "X-Operator";
    // Held, as a logger that nobody holds forgets its level.
    private static final Logger MOCK_LOG = Logger.getLogger(MockWebServer.class.getName());

    static {
        MOCK_LOG.setLevel(Level.WARNING);
    }

    private final KubernetesCrudDispatcher crud = new KubernetesCrudDispatcher();
    private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    private volatile Function<ApiCall, MockResponse> instead = call -> null;
    private volatile Predicate<ApiCall> lost = call -> false;
    private MockWebServer server;
    private int port;

    private final Set<String> authorizations = new CopyOnWriteArraySet<>();
    private final boolean tls;
    private final KubernetesClient operator;

    ApiServer() {
        this(false);
    }

    private ApiServer(boolean tls) {
        this.tls = tls;
        start();
        operator = client(
                url(),
                builder -> builder.withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor(OPERATOR, new Interceptor() {
                            @Override
                            public void before(BasicBuilder request, HttpRequest http, RequestTags tags) {
                                request.setHeader(OPERATOR, "yes");
                            }
                        })));
    }

    /** With a certificate of its own, for the name localhost. */
    static ApiServer overTls() {
        return new ApiServer(true);
    }

    /** One for the whole JVM, which is also the one that the kubeconfig of this test run leads to. */
    static ApiServer ofKubeconfig() {
        return Holder.SHARED;
    }

    void start() {
        server = new MockWebServer();
        if (tls) {
            server.useHttps();
        }
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getHeader(OPERATOR) != null) {
                    return crud.dispatch(request);
                }
                ApiCall call = ApiCall.of(request.getMethod(), request.getPath());
                calls.add(call);
                authorizations.add(String.valueOf(request.getHeader("Authorization")));
                MockResponse response = instead.apply(call);
                if (response != null) {
                    return response;
                }
                MockResponse done = crud.dispatch(request);
                return lost.test(call) ? status(504, "Timeout") : done;
            }
        });
        server.start(InetAddress.getLoopbackAddress(), port);
        port = server.getPort();
    }

    void stop() {
        server.shutdown();
    }

    String url() {
        return (tls ? "https://localhost:" : "http://127.0.0.1:") + port + "/";
    }

    int port() {
        return port;
    }

    String certificate() {
        return server.getSelfSignedCertificate().certificatePath();
    }

    /** The headers that the calls came with. */
    Set<String> authorizations() {
        return authorizations;
    }

    KubernetesClient client() {
        return client(url(), builder -> {});
    }

    KubernetesClient client(String url, Consumer<KubernetesClientBuilder> more) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withNamespace(NAMESPACE)
                .withTrustCerts(tls)
                .build();
        config = Cluster.bounded(config);
        config.setRequestRetryBackoffInterval(20);
        // The mock takes its time for a megabyte, on a busy machine all the more.
        config.setConnectionTimeout(MOST_MILLIS);
        config.setRequestTimeout(MOST_MILLIS);
        KubernetesClientBuilder builder = new KubernetesClientBuilder().withConfig(config);
        more.accept(builder);
        return builder.build();
    }

    void create(String namespace, String name) {
        change(client -> client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace)
                        .addToLabels("owner", "somebody")
                        .addToAnnotations("note", "keep")
                        .endMetadata()
                        .withType("Opaque")
                        .withData(Map.of("other", "b3RoZXI="))
                        .build())
                .create());
    }

    Secret secret(String namespace, String name) {
        return change(
                client -> client.secrets().inNamespace(namespace).withName(name).get());
    }

    /** Sets a key as an operator would, with base64 that may be none; null removes it. */
    void put(String namespace, String name, String key, String base64) {
        change(client -> {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            SecretBuilder next = new SecretBuilder(secret);
            return client.resource((base64 == null ? next.removeFromData(key) : next.addToData(key, base64)).build())
                    .update();
        });
    }

    /** What an operator does, who is neither written down nor disturbed. */
    <T> T change(Function<KubernetesClient, T> work) {
        return work.apply(operator);
    }

    List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    void forget() {
        calls.clear();
    }

    /** What is answered instead; null from it lets the call through. */
    void answer(Function<ApiCall, MockResponse> faults) {
        instead = faults;
    }

    /** Does what it is asked for, and loses the answer. */
    void lose(Predicate<ApiCall> answers) {
        lost = answers;
    }

    void deny(String verb, String resource) {
        answer(call -> call.is(verb, resource) ? status(403, "Forbidden") : null);
    }

    static MockResponse status(int code, String reason) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"quoted zrt_secret\","
                                + "\"reason\":\"" + reason + "\",\"code\":" + code + "}");
    }

    @Override
    public void close() {
        operator.close();
        stop();
    }

    private static final class Holder {
        static final ApiServer SHARED = new ApiServer();

        static {
            String server = "{name: mock, cluster: {server: '" + SHARED.url() + "'}}";
            String context = "{name: mock, context: {cluster: mock, user: nobody, namespace: " + NAMESPACE + "}}";
            try {
                Files.writeString(
                        Path.of(System.getenv("KUBECONFIG")),
                        String.join(
                                "\n",
                                "apiVersion: v1",
                                "kind: Config",
                                "clusters: [" + server + "]",
                                "users: [{name: nobody, user: {}}]",
                                "contexts: [" + context + "]",
                                "current-context: mock"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
