package io.github.camelzendesk.auth.cli.internal.doctor;

/** How bad a finding is, from good to bad. Constants. */
public enum Level {
    OK(0),
    /** It works, or cannot be told, and somebody should look. */
    WARN(10),
    /** It does not work. */
    FAIL(11);

    private final int exit;

    Level(int exit) {
        this.exit = exit;
    }

    /** The exit code of a command whose worst finding this is. */
    public int exit() {
        return exit;
    }
}
