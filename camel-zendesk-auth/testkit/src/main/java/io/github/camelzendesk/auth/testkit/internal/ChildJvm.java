package io.github.camelzendesk.auth.testkit.internal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A JVM of its own, for what only real processes show. For one thread, and another that reads its lines. */
public final class ChildJvm implements AutoCloseable {
    private static final int MOST_SECONDS = 540;

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    public static ChildJvm start(Class<?> main, Map<String, String> properties) throws IOException {
        return start(Path.of(System.getProperty("java.home")), main, properties);
    }

    public static ChildJvm start(Path javaHome, Class<?> main, Map<String, String> properties) throws IOException {
        return start(javaHome, classPath(main), main, properties);
    }

    /** One in which the classes of a folder take the place of those of the same names. */
    public static ChildJvm startWith(Path classes, Class<?> main, Map<String, String> properties) throws IOException {
        Path javaHome = Path.of(System.getProperty("java.home"));
        return start(javaHome, classes + File.pathSeparator + classPath(main), main, properties);
    }

    /** The class path of the tests. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** A class of a program that Maven runs in its own JVM has its class path from its loader alone. */
    private static String classPath(Class<?> main) {
        return main.getClassLoader() instanceof URLClassLoader loader
                ? Stream.of(loader.getURLs())
                        .map(url -> Path.of(URI.create(url.toString())).toString())
                        .collect(Collectors.joining(File.pathSeparator))
                : classPath();
    }

    private static ChildJvm start(Path javaHome, String classPath, Class<?> main, Map<String, String> properties)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "-Xmx128m",
                "-Duser.home=" + System.getProperty("user.home"),
                // The whole Log4j takes a quarter of the time of such a start.
                "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
                "-Dlog4j2.simplelogLevel=DEBUG",
                "-Dlog4j2.simplelogLogFile=" + TestLog.ofNewChild()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, main.getName()));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Ends its input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Gives it a line to read. */
    public void tell(String line) throws IOException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(line + "\n");
        in.flush();
    }

    /** The next line that it prints; null at its end. */
    @Nullable
    public String line() throws IOException {
        return out.readLine();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGTERM, where there are signals. Its output stays readable, which {@link Process#destroy} would close. */
    public void askToEnd() {
        process.toHandle().destroy();
    }

    /** SIGSTOP: not a thread of it runs until it is told to {@link #goOn}. */
    public void stop() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid())).start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill " + name + " failed");
        }
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public int exit() throws InterruptedException {
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the child did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
