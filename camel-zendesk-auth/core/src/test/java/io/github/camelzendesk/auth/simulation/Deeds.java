package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Excuse;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Grant;

/** Does what the steps of a scenario say. */
final class Deeds {
    private static final int[] STOPS = {3, 21, 26, 40, 70, 600};
    private static final int[] CLOCKS = {3600, -3600, 40, -40, 7200};
    private static final int OPERATIONS = 40;
    private static final int SECONDS = 60;
    private static final int STRIDE = 15;
    private static final Duration CODE_PATIENCE = Duration.ofSeconds(45);

    private final Player player;
    private Object backup;

    Deeds(Player player) {
        this.player = player;
    }

    void perform(Step step) {
        if (backup == null) {
            backup = player.place.copy();
        }
        Host host = player.hosts.get(step.place() % player.hosts.size());
        int number = step.number();
        switch (step.deed()) {
            case RESTORE -> restore();
            case PUT -> put();
            case ADMIN_ENDS -> player.zendesk.grantsOfPersons().forEach(grant -> endByAdmin(grant, number));
            case FULL -> fill(number);
            case BUSY -> busy(number);
            case BREAK -> player.place.breakFor(Duration.ofSeconds(number));
            case LOSE_LOCK -> loseLock();
            case POWER_CUT -> cutPower(number);
            default -> {
                if (host.isUp()) {
                    perform(step.deed(), host, number);
                }
            }
        }
    }

    private void perform(Deed deed, Host host, int number) {
        SimulatedProcess process = host.process;
        switch (deed) {
            case NETWORK -> host.network.next(NetworkFault.values()[number % NetworkFault.values().length]);
            case CRASH -> crash(host, number);
            case CRASH_SOON -> process.afterOperations(number % OPERATIONS, () -> crash(host, number));
            case POWER_CUT_SOON -> process.afterOperations(number % OPERATIONS, () -> cutPower(number));
            case LOSE_LOCK_SOON -> process.afterOperations(number % OPERATIONS, this::loseLock);
            case BREAK_SOON ->
                process.afterOperations(number % OPERATIONS, () -> player.place.breakFor(Duration.ofSeconds(number)));
            case STOP -> stop(process, number);
            case STOP_SOON -> process.afterOperations(number % OPERATIONS, () -> stop(process, number));
            case SET_CLOCK -> {
                process.setClock(Duration.ofSeconds(CLOCKS[number % CLOCKS.length]));
                player.oracle.clockSet(process);
            }
            case NO_THREADS -> process.noThreads(1 + number % 3);
            default -> process.execute(() -> performInside(deed, host, number));
        }
    }

    private void performInside(Deed deed, Host host, int number) {
        if (host.person == null) {
            return;
        }
        switch (deed) {
            case CALL -> call(host, number);
            case ROBOT_CALL -> player.callers.useRobot(host);
            case REFRESH -> {
                player.oracle.forced();
                player.callers.ask(host, "refresh", host.person.refresh());
            }
            case VERIFY -> player.callers.ask(host, "verify", host.person.verify());
            case REVOKE -> {
                player.oracle.revokes(host.process);
                player.callers.ask(host, "revoke", host.person.revoke());
            }
            case LOGIN -> login(host, host.person);
            case EXIT -> exit(host, number);
            case RESTART_CONTEXT -> host.restartContext();
            case RECONFIGURE -> reconfigure(host, number);
            default -> throw new IllegalArgumentException(deed.name());
        }
    }

    private void loseLock() {
        player.oracle.lockIsLost();
        player.place.loseLock();
    }

    private void busy(int number) {
        for (int second = 0; second < SECONDS; second += 1 + number % STRIDE) {
            for (Host host : player.hosts) {
                player.simulation.after(Duration.ofSeconds(second), null, () -> callIfUp(host));
            }
        }
    }

    private void callIfUp(Host host) {
        if (host.isUp()) {
            host.process.execute(() -> performInside(Deed.CALL, host, 0));
        }
    }

    private void call(Host host, int number) {
        for (int caller = 0; caller <= number % 3; caller++) {
            player.callers.use(host);
        }
    }

    /** It lives for two minutes, so it cannot wait for another person. */
    private void login(Host host, TokenManager manager) {
        AuthorizationCode code = player.zendesk.code();
        CompletableFuture<AuthorizationCode> awaited = host.logins.stream()
                .filter(login -> !login.isDone())
                .findFirst()
                .orElse(null);
        player.callers.ask(host, "login", manager.exchangeCode(code));
        SimulatedProcess process = host.process;
        if (awaited != null) {
            player.simulation.after(CODE_PATIENCE, process, () -> {
                if (!awaited.isDone() && manager == host.person) {
                    player.oracle.violated("a code waits for nobody", process.name() + " still waits for a person");
                }
            });
        }
    }

    private void crash(Host host, int number) {
        player.died(host);
        player.simulation.after(Duration.ofSeconds(number % 40), null, host::start);
    }

    private void exit(Host host, int number) {
        host.exit();
        player.simulation.after(Duration.ofSeconds(40 + number), null, host::start);
    }

    private void stop(SimulatedProcess process, int number) {
        int seconds = STOPS[number % STOPS.length];
        player.simulation.tell(process, () -> "is stopped for " + seconds + " s");
        process.stopUntil(player.simulation.now() + Duration.ofSeconds(seconds).toNanos());
    }

    private void cutPower(int number) {
        player.simulation.tell(null, () -> "the power fails");
        player.hosts.forEach(host -> {
            if (host.isUp()) {
                host.die();
            }
        });
        Optional<OAuthSettings> before = player.place.seenOrNothing();
        player.place.cutPower();
        player.hosts.forEach(player::died);
        player.oracle.stored.powerWasCut(before);
        player.hosts.forEach(host -> player.simulation.after(Duration.ofSeconds(1 + number % 20), null, host::start));
    }

    private void fill(int number) {
        player.place.setFull(true);
        player.simulation.after(Duration.ofSeconds(1 + number), null, () -> player.place.setFull(false));
    }

    private void reconfigure(Host host, int number) {
        player.oracle.stored.reconfigured();
        Grant grant = player.zendesk.grant(SimulatedZendesk.PERSON);
        host.configured = Host.grant(null, grant.refreshToken);
        exit(host, number);
    }

    private void endByAdmin(Grant grant, int number) {
        if (number % 2 == 0 || grant.begun >= 0) {
            player.zendesk.end(grant, Excuse.ENDED_BY_ADMIN);
        }
    }

    private void restore() {
        if (player.place.isSaving()) {
            player.simulation.after(Duration.ofMillis(10), null, this::restore);
            return;
        }
        player.oracle.operatorMeddles();
        player.place.restore(backup);
    }

    /** Not in the midst of a save, which no editor can see. */
    private void put() {
        if (player.place.isSaving()) {
            player.simulation.after(Duration.ofMillis(10), null, this::put);
            return;
        }
        player.oracle.operatorMeddles();
        Grant grant = player.zendesk.grant(SimulatedZendesk.PERSON);
        grant.begun = player.simulation.now();
        player.place.put(player.settings(grant, "operator " + grant.number));
    }
}
