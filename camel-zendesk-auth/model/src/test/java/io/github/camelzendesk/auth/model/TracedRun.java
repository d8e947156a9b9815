package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;

import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;
import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that share one grant, Zendesk, and what is seen of both. Zendesk tells of a token request once it is carried
 * out, and before its answer leaves. For one test thread.
 */
final class TracedRun implements AutoCloseable {
    private static final String WORLD = "world";

    @FunctionalInterface
    interface Scenario {
        void play(TracedRun run) throws Exception;
    }

    private final ZendeskServer zendesk = ZendeskServer.start();
    private final RegisteredClient client = zendesk.confidentialClient("app");
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<ChildJvm> children = new ArrayList<>();
    private final String name;
    private final Path file;
    private final String location;
    private final EventLog events;
    private final String configured = issued("A").refreshToken();

    /** @param location of the settings: a path, or the URL of a database */
    TracedRun(String name, Path directory, String location) {
        this.name = name;
        this.file = directory.resolve("events");
        this.location = location;
        this.events = new EventLog(file);
        zendesk.wireMock().addMockServiceRequestListener(this::answered);
    }

    ZendeskServer zendesk() {
        return zendesk;
    }

    /** A new grant, the first pair of a login. */
    private IssuedTokens issued(String login) {
        IssuedTokens pair = zendesk.issue(client, "read write");
        names.put(Secret.of(pair.refreshToken()).fingerprint(), numbered(login, 1));
        return pair;
    }

    private static String numbered(String login, int number) {
        return "[l |-> \"" + login + "\", n |-> " + number + "]";
    }

    private synchronized void answered(Request request, Response response) {
        if (!request.getUrl().equals("/oauth/tokens")) {
            return;
        }
        String presented = request.formParameters().get("refresh_token").firstValue();
        String next = zendesk.successorOf(presented);
        String sent = Secret.of(presented).fingerprint();
        if (response.getStatus() == 400) {
            tellAnswer(sent, "refused");
        } else if (next != null && names.putIfAbsent(Secret.of(next).fingerprint(), after(names.get(sent))) == null) {
            tellAnswer(sent, "rotated");
        }
    }

    private void tellAnswer(String sent, String what) {
        events.tell(
                "zendesk",
                "answered",
                EventLog.member("t", EventLog.token(sent)),
                EventLog.member("k", EventLog.quoted(what)));
    }

    private static String after(String token) {
        int number = Integer.parseInt(token.replaceAll(".*n \\|-> (\\d+).*", "$1"));
        return token.replaceFirst("\\d+]", number + 1 + "]");
    }

    ChildJvm process() throws IOException {
        return process("A", configured);
    }

    /** A process whose operator has configured the refresh token of another login. */
    ChildJvm reconfigured() throws IOException {
        return process("B", issued("B").refreshToken());
    }

    /** A process whose engine has a fault. */
    ChildJvm mutated(Path classes) throws IOException {
        return ready(ChildJvm.startWith(classes, TracedProcess.class, properties("A", configured)));
    }

    private ChildJvm process(String login, String refreshToken) throws IOException {
        return ready(ChildJvm.start(TracedProcess.class, properties(login, refreshToken)));
    }

    private ChildJvm ready(ChildJvm child) throws IOException {
        children.add(child);
        assertThat(child.line()).isEqualTo("ready");
        return child;
    }

    private Map<String, String> properties(String login, String refreshToken) {
        return Map.of(
                "rig.url", zendesk.url(),
                "rig.client", client.identifier(),
                "rig.secret", client.secret(),
                "rig.refreshToken", refreshToken,
                "rig.login", login,
                "rig.location", location,
                "rig.events", file.toString());
    }

    /** Has all do the same at the same time; what each said. */
    static List<String> all(String command, ChildJvm... children) throws IOException {
        for (ChildJvm child : children) {
            child.tell(command);
        }
        List<String> said = new ArrayList<>();
        for (ChildJvm child : children) {
            said.add(child.line());
        }
        return said;
    }

    /** Tells it to refresh, and returns when Zendesk has carried out the request, whose answer waits for the latch. */
    CountDownLatch refreshWithoutAnswer(ChildJvm child) throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        int before = zendesk.tokenRequestCount();
        child.tell("refresh");
        Awaitility.await().until(() -> zendesk.tokenRequestCount() > before);
        return answer;
    }

    static String does(ChildJvm child, String command) throws IOException {
        return all(command, child).get(0);
    }

    void kill(ChildJvm child) throws InterruptedException {
        child.kill();
        events.tell("p" + child.pid(), "dead");
    }

    /** Lets it end by itself. */
    void end(ChildJvm child) throws IOException, InterruptedException {
        child.endInput();
        assertThat(child.exit()).isZero();
        events.tell("p" + child.pid(), "dead");
    }

    /** Reads that it halted, as it was told to. */
    void halted(ChildJvm child) throws InterruptedException {
        assertThat(child.exit()).isEqualTo(TracedProcess.HALTED);
        events.tell("p" + child.pid(), "dead");
    }

    void stop(ChildJvm child) throws IOException, InterruptedException {
        events.tell("machine", "stopping", EventLog.member("who", EventLog.quoted("p" + child.pid())));
        child.stop();
    }

    void goOn(ChildJvm child) throws IOException, InterruptedException {
        child.goOn();
        events.tell("machine", "perhaps");
    }

    /** What an administrator does in Zendesk. */
    void revoke(String login) {
        OAuthSettings stored = store().load().orElseThrow();
        events.tell(WORLD, "revoking", EventLog.member("l", EventLog.quoted(login)));
        zendesk.revoke(stored.tokens().accessToken().reveal());
        events.tell(WORLD, "happened");
    }

    /** What the command does. */
    void logIn() throws InterruptedException {
        IssuedTokens issued = issued("C");
        names.put("login", numbered("C", 1));
        events.tell(WORLD, "login");
        try (SettingsTransaction transaction =
                store().begin(Duration.ofMinutes(1)).orElseThrow()) {
            TokenPair pair = new TokenPair(
                    Secret.of(issued.accessToken()),
                    Secret.of(issued.refreshToken()),
                    issued.scope(),
                    issued.issuedAt(),
                    issued.expiresAt(),
                    issued.refreshExpiresAt());
            transaction.save(transaction.load().orElseThrow().withNewLineage("login", pair));
        }
        events.tell(WORLD, "happened");
    }

    private SettingsStore store() {
        return location.startsWith("jdbc:")
                ? TracedProcess.database(location, zendesk.url(), client.identifier())
                : RiggedFiles.store(Path.of(location), zendesk.url(), client.identifier(), Steps.NONE);
    }

    /** Cuts sessions of the database. */
    void cut(LocalPostgres database) throws SQLException {
        events.tell(WORLD, "cutting");
        database.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted");
        events.tell(WORLD, "perhaps");
    }

    Trace trace() throws IOException {
        return Trace.read(name, file, names);
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
        zendesk.close();
    }
}
