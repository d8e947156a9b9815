package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired.Reason;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Excuse;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Grant;

/** Nothing goes wrong any more: everybody must be served in time, or be told why only a person can help. */
final class Ending {
    private static final Duration REST = Duration.ofMinutes(2);
    private static final Duration REST_OF_STOPPED = Duration.ofMinutes(11);
    private static final Duration ANSWER = Duration.ofMinutes(7);

    private final Player player;
    private final Oracle oracle;

    Ending(Player player) {
        this.player = player;
        this.oracle = player.oracle;
    }

    void play() {
        heal();
        player.simulation.run(stopsSomebody() ? REST_OF_STOPPED : REST);
        List<Callers.Call> calls = useAll();
        judge(calls, false);
        if (calls.stream().anyMatch(call -> call.error != null)) {
            login();
            judge(useAll(), true);
        }
    }

    private boolean stopsSomebody() {
        return player.scenario.steps().stream()
                .anyMatch(step -> step.deed() == Deed.STOP || step.deed() == Deed.STOP_SOON);
    }

    private void heal() {
        player.simulation.tell(null, () -> "-- from here on nothing goes wrong");
        player.place.heal();
        for (Host host : player.hosts) {
            host.start();
            host.network.heal();
            host.process.noThreads(0);
            host.process.afterOperations(-1, () -> {});
        }
    }

    private List<Callers.Call> useAll() {
        player.simulation.tell(null, () -> "-- everybody calls");
        List<Callers.Call> calls = new ArrayList<>();
        player.hosts.forEach(host -> host.process.execute(() -> calls.add(player.callers.usePatiently(host))));
        player.hosts.forEach(host -> host.process.execute(() -> player.callers.useRobot(host)));
        player.simulation.run(ANSWER);
        return calls;
    }

    private void judge(List<Callers.Call> calls, boolean afterLogin) {
        player.callers.unanswered().forEach(call -> oracle.violated("everybody is answered", call.what() + " is not"));
        for (Callers.Call call : calls) {
            if (call.error instanceof AuthorizationRequired required && !afterLogin) {
                judge(call, required);
            } else if (!call.served) {
                oracle.violated(
                        "served or named",
                        call.what() + (call.error == null ? " is given a dead token" : " gets " + call.error));
            }
        }
        player.hosts.forEach(this::judgeMemory);
    }

    private void judgeMemory(Host host) {
        if (Boolean.TRUE.equals(host.person.status().asMap().get("settingsDirty"))) {
            oracle.violated("nothing stays unsaved", host.process.name() + " has tokens in memory only");
        }
    }

    private void judge(Callers.Call call, AuthorizationRequired error) {
        Set<Excuse> excuses = excuses();
        boolean declined = error.reason() == Reason.LOGIN_FAILED && player.scenario.logsIn();
        if (declined || oracle.hasOperatorMeddled()) {
            return;
        }
        if (call.failedBesideALivingGrant || excuses.isEmpty()) {
            oracle.violated("no loss without a reason", call.what() + " gets " + error);
        } else if (!reasons(excuses).contains(error.reason())) {
            oracle.violated("a loss has its name", excuses + " is told as " + error.reason());
        }
    }

    private Set<Excuse> excuses() {
        Set<Excuse> excuses = EnumSet.noneOf(Excuse.class);
        for (Grant grant : player.zendesk.grantsOfPersons()) {
            excuses.addAll(grant.excuses());
        }
        return excuses;
    }

    private Set<Reason> reasons(Set<Excuse> excuses) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        if (excuses.contains(Excuse.ANSWER_LOST)) {
            reasons.add(Reason.RESPONSE_LOST);
            if (oracle.hasSeenGhost()) {
                reasons.add(Reason.REFUSED);
            }
        }
        if (excuses.contains(Excuse.ENDED_BY_ADMIN)) {
            reasons.addAll(Set.of(Reason.REFUSED, Reason.RESPONSE_LOST));
        }
        if (excuses.contains(Excuse.REVOKED) || oracle.isRevoking()) {
            reasons.addAll(Set.of(Reason.REVOKED, Reason.REFUSED, Reason.RESPONSE_LOST));
        }
        return reasons;
    }

    /** The way out that each error names. */
    private void login() {
        Host host = player.hosts.get(0);
        Callers.Call[] login = new Callers.Call[1];
        host.process.execute(
                () -> login[0] = player.callers.ask(host, "login", host.person.exchangeCode(player.zendesk.code())));
        player.simulation.run(Duration.ofMinutes(1));
        if (login[0] != null && (!login[0].answered || login[0].error != null)) {
            oracle.violated("a login helps", login[0].what() + " gets " + login[0].error);
        }
    }
}
