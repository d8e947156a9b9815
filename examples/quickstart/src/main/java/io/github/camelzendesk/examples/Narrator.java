package io.github.camelzendesk.examples;

import java.io.PrintStream;
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
    void status(Map<String, Object> status) {
        StringBuilder line = new StringBuilder("Status: ").append(status.get("state"));
        append(line, ", generation ", status.get("generation"));
        append(line, ", expires at ", status.get("expiresAt"));
        append(line, ", scope ", status.get("scope"));
        say(line.toString());
    }

    private static void append(StringBuilder line, String label, Object value) {
        if (value != null) {
            line.append(label).append(value);
        }
    }
}
