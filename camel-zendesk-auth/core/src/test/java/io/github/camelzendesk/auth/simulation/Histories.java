package io.github.camelzendesk.auth.simulation;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/** Plays many scenarios, one seed after the other, until one breaks a rule. */
public final class Histories {
    private static final String LOGGERS = "io.github.camelzendesk";

    private Histories() {}

    /** The first of these seeds whose history breaks a rule; -1 when none does. */
    public static long firstThatFails(long from, long count) {
        Level before = org.apache.logging.log4j.LogManager.getLogger(LOGGERS).getLevel();
        Configurator.setLevel(LOGGERS, Level.OFF);
        try {
            for (long seed = from; seed < from + count; seed++) {
                if (!Player.play(Scenario.of(seed), false).rule().isEmpty()) {
                    return seed;
                }
            }
            return -1;
        } finally {
            Configurator.setLevel(LOGGERS, before);
        }
    }

    /** The shortest history that was found of this kind, to be read. */
    static String shrunk(long seed) {
        Scenario smallest = Shrinker.shrink(Scenario.of(seed));
        StringBuilder text =
                new StringBuilder(smallest + ", " + smallest.steps().size() + " steps\n");
        int number = 0;
        for (String line : Player.play(smallest, true).told()) {
            text.append(String.format("%4d %s%n", ++number, line));
        }
        return text.toString();
    }
}
