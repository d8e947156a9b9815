package io.github.camelzendesk.auth.simulation;

/** What somebody does, or what goes wrong. The number is how often it is drawn, among all of them. */
enum Deed {
    CALL(28),
    /** All call, again and again, for a minute. */
    BUSY(4),
    ROBOT_CALL(4),
    REFRESH(4),
    VERIFY(1),
    REVOKE(1),
    LOGIN(3),
    NETWORK(22),
    CRASH(3),
    CRASH_SOON(6),
    EXIT(2),
    RESTART_CONTEXT(5),
    STOP(2),
    STOP_SOON(4),
    SET_CLOCK(2),
    NO_THREADS(1),
    FULL(4),
    BREAK(2),
    BREAK_SOON(6),
    POWER_CUT(1),
    POWER_CUT_SOON(2),
    LOSE_LOCK(4),
    LOSE_LOCK_SOON(4),
    RECONFIGURE(1),
    /** Of the operators who meddle, and of few histories. */
    RESTORE(1),
    PUT(1),
    ADMIN_ENDS(1);

    final int weight;

    Deed(int weight) {
        this.weight = weight;
    }

    boolean isOfOperators() {
        return compareTo(RESTORE) >= 0;
    }
}
