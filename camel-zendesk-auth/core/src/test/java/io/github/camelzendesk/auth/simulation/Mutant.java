package io.github.camelzendesk.auth.simulation;

/**
 * The engine with one fault.
 *
 * @param within how many histories find it
 */
record Mutant(PlantedFault fault, int within) {

    /** The first seed whose history breaks a rule; -1 when none does. */
    long firstThatFails(long from) {
        try {
            return (long) fault.load(Histories.class)
                    .getMethod("firstThatFails", long.class, long.class)
                    .invoke(null, from, (long) within);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(fault.name(), e);
        }
    }
}
