package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A child on a newer Java: thousands of virtual threads that meet an expired token, watched by the flight recorder. */
public final class HerdOfVirtualThreads {
    private static final int CALLERS = 10_000;

    private HerdOfVirtualThreads() {}

    public static void main(String[] args) throws Exception {
        String url = System.getProperty("rig.url");
        String client = System.getProperty("rig.client");
        Path file = Path.of(System.getProperty("rig.file"));
        TokenManager manager = RiggedManager.open(
                RiggedManager.connection(
                        url, client, System.getProperty("rig.secret"), System.getProperty("rig.refreshToken")),
                RiggedFiles.store(file, url, client, Steps.NONE),
                Steps.NONE);
        // One caller begins the attempt and one joins it before the herd comes: a thread that initializes a class is
        // pinned by the JVM itself.
        manager.authorization().cancel(true);
        manager.authorization().cancel(true);
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            int served = herd(manager);
            recording.stop();
            Path flight = file.resolveSibling("herd.jfr");
            recording.dump(flight);
            System.out.println("served " + served + " pinned " + pinned(flight));
        }
        Runtime.getRuntime().halt(0);
    }

    private static int herd(TokenManager manager) throws Exception {
        // By reflection: this is compiled for Java 17.
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        AtomicInteger served = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(CALLERS);
        for (int i = 0; i < CALLERS; i++) {
            virtual.execute(() -> {
                if (manager.authorization().join().headerValue().startsWith("Bearer ")) {
                    served.incrementAndGet();
                }
                done.countDown();
            });
        }
        done.await();
        return served.get();
    }

    private static long pinned(Path flight) throws Exception {
        long ours = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(flight)) {
            if (event.toString().contains("io.github.camelzendesk")) {
                ours++;
            }
        }
        return ours;
    }
}
