package io.github.camelzendesk.auth.simulation;

/** Ends what a dead process has under way. */
final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;

    ProcessDied() {
        super("the process is dead", null, false, false);
    }
}
