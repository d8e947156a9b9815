package io.github.camelzendesk.auth.simulation;

/**
 * The engine with one fault.
 *
 * @param within how many histories find it
 */
record Mutant(PlantedFault fault, int within) {

    /** The first seed whose history breaks a rule; -1 when none does. */
    long firstThatFails(long from) {
        return (long) call("firstThatFails", new Class<?>[] {long.class, long.class}, from, (long) within);
    }

    String shrunk(long seed) {
        return (String) call("shrunk", new Class<?>[] {long.class}, seed);
    }

    private Object call(String method, Class<?>[] types, Object... values) {
        try {
            return fault.load(Histories.class).getMethod(method, types).invoke(null, values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(fault.name(), e);
        }
    }
}
