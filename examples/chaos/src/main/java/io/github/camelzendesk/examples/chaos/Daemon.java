package io.github.camelzendesk.examples.chaos;

/** Threads that end with the program. Stateless. */
final class Daemon {
    private Daemon() {}

    static Thread of(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
