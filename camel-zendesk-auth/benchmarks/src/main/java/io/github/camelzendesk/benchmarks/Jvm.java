package io.github.camelzendesk.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child process with the class path of this one and the JVM's defaults, as it is measured. For one thread. */
public final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Jvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param environment on top of this one's; other users do not see it, as they see arguments */
    public static Jvm start(Class<?> main, List<String> options, Map<String, String> environment, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new Jvm(builder.start());
    }

    /** The next line that it prints; null when it has ended. */
    public String line() throws IOException {
        return output.readLine();
    }

    /** Gives it an empty line to read. */
    public void release() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits until it has ended by itself. */
    public void join() throws InterruptedException {
        process.waitFor();
    }

    /** Has it killed after this time, unless it has ended before. */
    public void endAfter(long seconds) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
