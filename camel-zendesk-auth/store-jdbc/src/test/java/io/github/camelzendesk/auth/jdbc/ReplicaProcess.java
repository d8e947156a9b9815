package io.github.camelzendesk.auth.jdbc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@link Replica} in a JVM of its own. For one thread. */
final class ReplicaProcess {
    private static final int MOST_SECONDS = 300;

    private final Process process;
    private final Thread reader;
    private final CountDownLatch ready = new CountDownLatch(1);

    private ReplicaProcess(Process process, Consumer<String> lines) {
        this.process = process;
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
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-Duser.home=" + System.getProperty("user.home"),
                "-Dtest.log=target/test-child-" + System.nanoTime() + ".log"));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Replica.class.getName()));
        return new ReplicaProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                lines);
    }

    long pid() {
        return process.pid();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Lets it end by itself. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the replica did not end");
        }
        reader.join();
        if (process.exitValue() != 0) {
            throw new AssertionError("the replica ended with " + process.exitValue());
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(line -> {
                if (line.equals("ready")) {
                    ready.countDown();
                } else {
                    lines.accept(line);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // It was killed.
        }
    }
}
