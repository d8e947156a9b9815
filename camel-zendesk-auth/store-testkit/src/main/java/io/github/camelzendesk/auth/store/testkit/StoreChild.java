package io.github.camelzendesk.auth.store.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM of its own that opens the same place. For one thread. */
final class StoreChild implements AutoCloseable {
    static final int CHANGES = 10;
    private static final int MOST_SECONDS = 300;

    private final Process process;
    private final BufferedReader out;

    private StoreChild(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static StoreChild start(String location, String task) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new StoreChild(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-Duser.home=" + System.getProperty("user.home"),
                        // Where this property names the log, the child must not truncate the parent's.
                        "-Dtest.log=" + log(),
                        "-cp",
                        classPath,
                        StoreChild.class.getName(),
                        location,
                        task)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Beside the parent's and named after it: the parent looks there for secrets that its children logged. */
    private static String log() {
        return System.getProperty("test.log", "target/test.log")
                .replaceFirst("\\.log$", "-child-" + System.nanoTime() + ".log");
    }

    void awaitLine(String expected) throws IOException {
        for (String line = out.readLine(); !expected.equals(line); line = out.readLine()) {
            assertThat(line).as("the child's next line before " + expected).isNotNull();
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int end() throws InterruptedException {
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                .as("the child has ended")
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The child's side: a location, and what to do there. */
    public static void main(String[] arguments) throws InterruptedException {
        SettingsStore store = SettingsStores.open(arguments[0], StoreRig.NAME, Samples.codec(), new BeanLookup() {
            @Override
            public <T> T find(String name, Class<T> type) {
                throw new IllegalArgumentException("a child has no beans");
            }
        });
        if (arguments[1].equals("hold")) {
            hold(store);
        }
        System.out.println("advances");
        for (int change = 0; change < CHANGES; change++) {
            StoreRig.advance(store);
        }
        // Whatever threads a store has, they keep no process alive that has done its work.
        System.exit(0);
    }

    private static void hold(SettingsStore store) throws InterruptedException {
        SettingsTransaction held = StoreRig.begin(store);
        held.save(Samples.whole(1));
        held.reserve();
        System.out.println("held");
        new CountDownLatch(1).await();
    }
}
