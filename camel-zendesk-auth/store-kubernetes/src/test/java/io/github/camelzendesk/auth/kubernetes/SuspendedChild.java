package io.github.camelzendesk.auth.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** A JVM that takes the lock, and tries to go on with it once it is told to. */
final class SuspendedChild implements AutoCloseable {
    private static final BeanLookup NO_BEANS = new BeanLookup() {
        @Override
        public <T> T find(String name, Class<T> type) {
            throw new IllegalArgumentException("no bean " + name);
        }
    };

    private final Process process;
    private final BufferedReader out;

    private SuspendedChild(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static SettingsStore store(String location) {
        return new ShortLeaseProvider().open(location, Rig.NAME, Rig.codec(), NO_BEANS);
    }

    static SuspendedChild start(String location) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new SuspendedChild(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dtest.log=target/test-child-" + System.nanoTime() + ".log",
                        "-cp",
                        classPath,
                        SuspendedChild.class.getName(),
                        location)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    String line() throws IOException {
        return out.readLine();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The child's side. */
    public static void main(String[] arguments) throws Exception {
        SettingsTransaction held = Rig.begin(store(arguments[0]));
        held.save(Rig.generation(1));
        held.reserve();
        System.out.println("held");
        System.in.read();
        System.out.println("exclusive: " + held.isExclusive());
        System.out.println("reserve " + outcome(held::reserve));
        System.out.println("save " + outcome(() -> held.save(Rig.generation(9))));
        System.exit(0);
    }

    private static String outcome(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (SettingsStoreException e) {
            return "refused: " + e.getMessage();
        }
    }
}
