package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

/** A {@link Replica} in a JVM of its own. For one thread. */
final class ReplicaProcess {
    private static final int MOST_SECONDS = 300;

    private final ChildJvm child;
    private final Thread reader;
    private final CountDownLatch ready = new CountDownLatch(1);

    private ReplicaProcess(ChildJvm child, Consumer<String> lines) {
        this.child = child;
        this.reader = new Thread(() -> read(lines));
        reader.start();
    }

    /** Waits until it has called Zendesk once. */
    void awaitReady() throws InterruptedException {
        if (!ready.await(MOST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the replica did not begin");
        }
    }

    static ReplicaProcess start(Map<String, String> properties, Consumer<String> lines) throws IOException {
        return new ReplicaProcess(ChildJvm.start(Replica.class, properties), lines);
    }

    long pid() {
        return child.pid();
    }

    void kill() throws InterruptedException {
        child.kill();
        reader.join();
    }

    /** Lets it end by itself. */
    void end() throws IOException, InterruptedException {
        child.endInput();
        int exit = child.exit();
        reader.join();
        if (exit != 0) {
            throw new AssertionError("the replica ended with " + exit);
        }
    }

    private void read(Consumer<String> lines) {
        try {
            for (String line = child.line(); line != null; line = child.line()) {
                if (line.equals("ready")) {
                    ready.countDown();
                } else {
                    lines.accept(line);
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
    }
}
