package io.github.camelzendesk.examples;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Writes the story, one numbered step after the other. For one thread at a time. */
final class Narrator {
    private final PrintStream out;
    private int step;

    Narrator(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        step++;
        out.println();
        out.println(step + ". " + title);
    }

    void say(String sentence) {
        out.println("   " + sentence);
    }

    void tickets(List<String> subjects) {
        say("Tickets: " + (subjects.isEmpty() ? "none in this account" : String.join(" | ", subjects)));
    }

    /** The few facts of a status that the story turns on. */
    void status(String label, Map<String, Object> status) {
        StringBuilder line = new StringBuilder(label + ": " + status.get("state"));
        if (status.get("generation") != null) {
            line.append(", generation ").append(status.get("generation"));
        }
        if (status.get("expiresAt") != null) {
            Instant end = Instant.parse(String.valueOf(status.get("expiresAt")));
            line.append(", expires at ").append(end.truncatedTo(ChronoUnit.SECONDS));
        }
        say(line.toString());
    }
}
