package io.github.camelzendesk.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A child process with the class path of this one. For one thread at a time. */
public final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private Jvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The command, for the caller to change; its complaints come out where ours do. */
    public static ProcessBuilder command(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    public static Jvm start(Class<?> main, List<String> options, String... arguments) throws IOException {
        return new Jvm(command(main, options, arguments).start());
    }

    /** The next line that it says; null when it has ended. */
    public String line() throws IOException {
        return output.readLine();
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
