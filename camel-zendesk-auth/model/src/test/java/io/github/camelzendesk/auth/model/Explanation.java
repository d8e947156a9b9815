package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.util.List;

/** What TLC says of traces: how much of each {@code Rotation.tla} explains. Immutable. */
record Explanation(List<Trace> traces, Tlc tlc) {
    /** @param configuration without {@code .cfg} */
    static Explanation of(String configuration, List<Trace> traces) throws IOException, InterruptedException {
        return new Explanation(traces, Tlc.check(configuration, traces));
    }

    /** The first event that no action explains, with its number; empty when each event is explained. */
    String unexplained(Trace trace) {
        int explained = tlc.explained(traces.indexOf(trace) + 1);
        return explained == trace.events().size()
                ? ""
                : "%s: event %d of %d: %s"
                        .formatted(
                                trace.name(),
                                explained + 1,
                                trace.events().size(),
                                explained < 0 ? "" : trace.events().get(explained));
    }
}
