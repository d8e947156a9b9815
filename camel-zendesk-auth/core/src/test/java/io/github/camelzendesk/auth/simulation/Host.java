package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.EngineContext;
import io.github.camelzendesk.auth.oauth.internal.PollRateLimiter;
import io.github.camelzendesk.auth.oauth.internal.refresh.SimulatedManagers;
import io.github.camelzendesk.auth.settings.Secret;

/** Where one process after the other runs the same application: a person's connection, and perhaps a robot's. */
final class Host {
    private static final String ROBOT_SCOPE = "read";
    static final String ROBOT = "the client with scope " + ROBOT_SCOPE;

    private final Player player;
    private final int place;
    private final Duration skew;
    Credentials.Grant configured;
    private int started;
    SimulatedProcess process;
    SimulatedNetwork network;
    TokenManager person;
    TokenManager robot;
    final List<CompletableFuture<AuthorizationCode>> logins = new ArrayList<>();

    Host(Player player, int place, Duration skew, Credentials.Grant configured) {
        this.player = player;
        this.place = place;
        this.skew = skew;
        this.configured = configured;
    }

    boolean isUp() {
        return process != null && !process.isDead();
    }

    void start() {
        if (isUp()) {
            return;
        }
        process = new SimulatedProcess(player.simulation, place, ++started, skew);
        network = new SimulatedNetwork(process, player.zendesk, player.oracle);
        person = null;
        robot = null;
        player.simulation.tell(process, () -> "starts");
        process.execute(this::open);
    }

    private void open() {
        person = open(configured, player.place);
        Scenario.Robot kind = player.scenario.robot();
        robot = kind == Scenario.Robot.NONE
                ? null
                : open(
                        new Credentials.ClientCredentials(configured.client(), ROBOT_SCOPE),
                        kind == Scenario.Robot.SAME_PLACE ? player.place : player.elsewhere);
    }

    private TokenManager open(Credentials.Renewable credentials, Place where) {
        ObservedStore store = new ObservedStore(
                where.store(process, credentials.owner("https://acme.zendesk.com")), process, where, player.oracle);
        EngineContext context = new EngineContext(
                process::wall,
                process::nanos,
                process.random,
                process,
                player.scenario.logsIn() ? this::authorize : null,
                TokenListener.NONE,
                new PollRateLimiter(),
                true);
        try {
            return SimulatedManagers.open(credentials, store, network, context);
        } catch (ConfigurationRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /** A person who logs in after a while, or never. */
    private CompletableFuture<AuthorizationCode> authorize(AuthorizationUrl url) {
        process.check();
        CompletableFuture<AuthorizationCode> login = new CompletableFuture<>();
        logins.add(login);
        player.simulation.tell(process, () -> "asks a person");
        int patience = player.simulation.random.nextInt(900);
        player.simulation.after(Duration.ofSeconds(patience), process, () -> login.complete(player.zendesk.code()));
        return login;
    }

    void die() {
        if (isUp()) {
            player.simulation.tell(process, () -> "dies");
            process.die();
            logins.clear();
        }
    }

    /** Closes the managers, and opens others in the same process. */
    void restartContext() {
        SimulatedProcess same = process;
        same.execute(() -> {
            close();
            same.check();
            player.oracle.restarted(same);
            player.simulation.tell(same, () -> "opens another context");
            open();
        });
    }

    void exit() {
        SimulatedProcess same = process;
        same.execute(() -> {
            close();
            same.exit();
            same.check();
            player.died(this);
        });
    }

    private void close() {
        player.simulation.tell(process, () -> "closes its context");
        close(person);
        if (robot != null) {
            close(robot);
        }
    }

    /** A closer who is interrupted does not wait, which no strand may for real. */
    private void close(TokenManager manager) {
        if (process.isCalling()) {
            Thread.currentThread().interrupt();
        }
        manager.close();
        Thread.interrupted();
    }

    static Credentials.Grant grant(String accessToken, String refreshToken) {
        return new Credentials.Grant(
                new OAuthClient("app", Secret.of("s")),
                "http://localhost:33333",
                "read write",
                new Credentials.Bootstrap(Secret.ofNullable(accessToken), Secret.ofNullable(refreshToken), null, null));
    }
}
