package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;

import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes that share one grant, Zendesk, and what is seen of both. Zendesk tells of a token request once it is carried
 * out, and before its answer leaves. For one test thread.
 */
final class TracedRun implements AutoCloseable {
    private static final String WORLD = "world";

    private final ZendeskServer zendesk = ZendeskServer.start();
    private final RegisteredClient client = zendesk.confidentialClient("app");
    private final Map<String, String> names = new HashMap<>();
    private final List<ChildJvm> children = new ArrayList<>();
    private final String name;
    private final Path file;
    private final String location;
    private final EventLog events;
    private final String configured = issued("A");

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
    private String issued(String login) {
        String token = zendesk.issue(client, "read write").refreshToken();
        names.put(Secret.of(token).fingerprint(), numbered(login, 1));
        return token;
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
        return process("B", issued("B"));
    }

    private ChildJvm process(String login, String refreshToken) throws IOException {
        ChildJvm child = ChildJvm.start(
                TracedProcess.class,
                Map.of(
                        "rig.url", zendesk.url(),
                        "rig.client", client.identifier(),
                        "rig.secret", client.secret(),
                        "rig.refreshToken", refreshToken,
                        "rig.login", login,
                        "rig.location", location,
                        "rig.events", file.toString()));
        children.add(child);
        assertThat(child.line()).isEqualTo("ready");
        return child;
    }

    static String does(ChildJvm child, String command) throws IOException {
        child.tell(command);
        return child.line();
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

    /** What an administrator does in Zendesk. */
    void revoke(String accessToken) {
        events.tell(WORLD, "revoking", EventLog.member("l", EventLog.quoted("A")));
        zendesk.revoke(accessToken);
        events.tell(WORLD, "happened");
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
