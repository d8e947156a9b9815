package io.github.camelzendesk.examples.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/** What the page shows of a run: numbers, names of errors and of faults. No secret is among them. Stateless. */
final class State {
    private State() {}

    static Map<String, Object> of(ChaosRun run) {
        Map<String, Object> state = new LinkedHashMap<>();
        Oracle.Counts counts = run.oracle.counts();
        state.put("phase", run.phase());
        state.put("seed", run.options.seed());
        state.put("seconds", run.options.seconds());
        state.put("store", run.options.store());
        run.history.show(state);
        state.put("spends", counts.spends());
        state.put("refusedRefreshes", counts.refused());
        state.put("replays", counts.replays());
        state.put("violations", counts.violations());
        state.put("losses", counts.losses());
        state.put("processes", run.children.stream().map(State::shown).toList());
        return state;
    }

    private static Map<String, Object> shown(Child child) {
        Map<String, Object> shown = new LinkedHashMap<>();
        Fault fault = child.fault();
        JsonNode grant = child.report().path("people").path("ann");
        JsonNode left = grant.path("leftMillis");
        shown.put("number", child.number());
        shown.put("condition", condition(child, fault));
        shown.put("fault", fault == null ? null : fault.kind().name());
        for (String name : List.of("state", "generation", "lastError")) {
            shown.put(name, grant.path(name));
        }
        // A process that is stopped says nothing, and its token expires.
        shown.put("leftMillis", left.isNumber() ? left.asLong() - child.reportAgeMillis() : null);
        return shown;
    }

    private static String condition(Child child, @Nullable Fault fault) {
        if (fault != null) {
            return fault.condition();
        }
        return child.report().isMissingNode() ? "starting" : "running";
    }
}
