package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.internal.refresh.EngineFixture;
import io.github.camelzendesk.auth.oauth.internal.refresh.SimulatedManagers;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.TokenPair;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Grant;

/** Plays one scenario from its beginning to its end. */
final class Player {
    final Scenario scenario;
    final Simulation simulation;
    final SimulatedZendesk zendesk;
    final Place place;
    final Place elsewhere;
    final Oracle oracle;
    final Callers callers;
    final List<Host> hosts = new ArrayList<>();
    private final Deeds deeds = new Deeds(this);

    Player(Scenario scenario, boolean tells) {
        this.scenario = scenario;
        this.simulation = new Simulation(scenario.seed(), tells);
        this.zendesk = new SimulatedZendesk(simulation, scenario.accessTokenLife());
        this.place = scenario.isFile() ? new SimulatedFile(simulation) : new SimulatedDatabase(simulation);
        this.elsewhere = new SimulatedDatabase(simulation);
        this.oracle = new Oracle(simulation, place, zendesk);
        this.callers = new Callers(this);
    }

    /** What became of a scenario: what it violates, or null; and its steps, if they were to be told. */
    record Outcome(Oracle.Violation violation, List<String> told) {
        /** The rule that is broken; empty when none is. */
        String rule() {
            return violation == null ? "" : violation.rule();
        }
    }

    static Outcome play(Scenario scenario, boolean tells) {
        Player player = new Player(scenario, tells);
        try {
            player.play();
            player.judgeFailure();
        } finally {
            player.hosts.forEach(Host::die);
            player.simulation.end();
            SimulatedManagers.forget(ObservedStore.PREFIX);
        }
        return new Outcome(player.oracle.violation(), player.simulation.told);
    }

    private void play() {
        begin();
        Duration at = Duration.ZERO;
        for (Step step : scenario.steps()) {
            at = at.plusMillis(step.after());
            simulation.after(at, null, () -> {
                simulation.tell(null, () -> "-- " + step);
                deeds.perform(step);
            });
        }
        simulation.run(at.plusSeconds(1));
        if (oracle.violation() == null && simulation.failure() == null) {
            new Ending(this).play();
        }
    }

    private void judgeFailure() {
        Throwable failure = simulation.failure();
        if (failure != null) {
            oracle.violated("errors are named", failure.toString());
        }
    }

    private void begin() {
        Grant grant = zendesk.grant(SimulatedZendesk.PERSON);
        Credentials.Grant none = Host.grant(null, null);
        Credentials.Grant configured =
                switch (scenario.begins()) {
                    case STORED -> none;
                    case CONFIGURED -> Host.grant(null, grant.refreshToken);
                    case STALE_CONFIGURED -> staleGrant();
                };
        if (scenario.begins() != Scenario.Begin.CONFIGURED) {
            grant.begun = 0;
            place.put(settings(grant, "before"));
        }
        for (int skew : scenario.skews()) {
            hosts.add(new Host(this, hosts.size(), Duration.ofSeconds(skew), configured));
        }
        hosts.forEach(Host::start);
    }

    private Credentials.Grant staleGrant() {
        Grant stale = zendesk.endedGrant(SimulatedZendesk.PERSON);
        return Host.grant(stale.accessToken.value, stale.refreshToken);
    }

    OAuthSettings settings(Grant grant, String lineage) {
        Instant now = EngineFixture.START.plusNanos(simulation.now());
        return OAuthSettings.empty(SimulatedManagers.PERSON)
                .withNewLineage(
                        lineage,
                        new TokenPair(
                                Secret.of(grant.accessToken.value),
                                Secret.of(grant.refreshToken),
                                null,
                                now,
                                now.plus(scenario.accessTokenLife()),
                                now.plus(Duration.ofDays(30))));
    }

    /** The process of this host dies now. */
    void died(Host host) {
        SimulatedProcess process = host.process;
        host.die();
        place.release(process);
        elsewhere.release(process);
        oracle.died(process);
    }
}
