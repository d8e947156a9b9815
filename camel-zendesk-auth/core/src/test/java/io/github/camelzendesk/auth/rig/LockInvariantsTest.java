package io.github.camelzendesk.auth.rig;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.settings.internal.file.RiggedLock;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** H9: one lock between threads, class loaders and processes, and no descriptor of it when nobody holds it. */
class LockInvariantsTest {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path LOCKS = Path.of("/proc/locks");
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Locker here = RiggedLock::take;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private URLClassLoader loader;
    private Locker elsewhere;
    private Path lock;

    @BeforeEach
    void loadTheClassOnceMore() throws Exception {
        loader = new URLClassLoader(ProcessInvariantsTest.classPath(), ClassLoader.getPlatformClassLoader());
        elsewhere = Locker.of(loader);
        lock = directory.toRealPath().resolve("s.json.lock");
    }

    @AfterEach
    void unload() throws Exception {
        threads.shutdownNow();
        loader.close();
    }

    @Test
    void h9_whoeverLosesAgainstAnotherClassLoaderDoesNotOpenTheLockToAnotherProcess() throws Exception {
        try (ChildJvm child = child()) {
            for (int turn = 0; turn < 200; turn++) {
                Locker holder = turn % 2 == 0 ? here : elsewhere;
                Locker loser = turn % 2 == 0 ? elsewhere : here;
                try (AutoCloseable held = holder.take(lock, LONG).orElseThrow()) {
                    assertThat(threads.submit(() -> loser.take(lock, Duration.ZERO))
                                    .get())
                            .isEmpty();
                    assertThat(threads.submit(() -> holder.take(lock, Duration.ZERO))
                                    .get())
                            .isEmpty();
                    assertThat(answer(child, "take")).as("turn " + turn).isEqualTo("busy");
                }
            }
            assertThat(answer(child, "take")).isEqualTo("taken");
        }
    }

    @Test
    void h9_threadsClassLoadersAndAProcessThatCrowdOneLockNeverMeet() throws Exception {
        try (ChildJvm child = child()) {
            child.tell("300");
            List<Future<Integer>> crowd = new ArrayList<>();
            for (Locker locker : List.of(here, elsewhere, here, elsewhere)) {
                crowd.add(threads.submit(() -> locker.crowd(lock, 300)));
            }
            for (Future<Integer> met : crowd) {
                assertThat(met.get(LONG.toSeconds() * 4, TimeUnit.SECONDS)).isZero();
            }
            assertThat(child.line()).isEqualTo("met 0");
        }
    }

    /** What the kernel says, as no other process may happen to ask at the one moment when it would be let in. */
    @Test
    void h9_aLockIsNotLostWhenAnotherClassLoaderHasJustGivenItBack() throws Exception {
        assumeTrue(Files.isReadable(LOCKS), "no list of locks here");
        here.take(lock, LONG).orElseThrow().close();
        String inode = ":" + Files.getAttribute(lock, "unix:ino") + " ";
        List<Future<Integer>> lost = new ArrayList<>();
        for (Locker locker : List.of(here, elsewhere)) {
            lost.add(threads.submit(() -> locker.lost(lock, 1000, () -> isListed(inode))));
        }
        for (Future<Integer> times : lost) {
            assertThat(times.get(LONG.toSeconds() * 4, TimeUnit.SECONDS)).isZero();
        }
    }

    private static boolean isListed(String inode) throws IOException {
        return Files.readString(LOCKS).contains(inode);
    }

    @Test
    void aThousandSettingsFilesKeepNoDescriptor() throws Exception {
        for (int file = 0; file < 1000; file++) {
            here.take(directory.resolve(file + ".lock"), Duration.ZERO)
                    .orElseThrow()
                    .close();
        }
        assertThat(open()).isEmpty();
    }

    @Test
    void aLockThatAnotherProcessHoldsKeepsNoDescriptorHereAfterTheWait() throws Exception {
        try (ChildJvm child = child()) {
            assertThat(answer(child, "take")).isEqualTo("taken");
            assertThat(here.take(lock, Duration.ofMillis(50))).isEmpty();
            assertThat(open()).isEmpty();

            assertThat(answer(child, "give back")).isEqualTo("given back");
            here.take(lock, LONG).orElseThrow().close();
            assertThat(open()).isEmpty();
        }
    }

    @Test
    void aLockThatAnotherClassLoaderHoldsKeepsOneDescriptorUntilItIsHadNext() throws Exception {
        try (AutoCloseable held = elsewhere.take(lock, LONG).orElseThrow()) {
            for (int loss = 0; loss < 10; loss++) {
                assertThat(here.take(lock, Duration.ZERO)).isEmpty();
            }
            assertThat(open()).as("the holder's, and the loser's").hasSize(2);
        }
        here.take(lock, LONG).orElseThrow().close();
        assertThat(open()).isEmpty();
    }

    @Test
    void aLockWhoseFileWasDeletedWhileItWasHeldKeepsNoDescriptor() throws Exception {
        try (AutoCloseable robbed = here.take(lock, LONG).orElseThrow()) {
            Files.delete(lock);
            try (AutoCloseable next = elsewhere.take(lock, LONG).orElseThrow()) {
                assertThat(open()).hasSize(2);
            }
        }
        assertThat(open()).isEmpty();
    }

    private ChildJvm child() throws IOException {
        return ChildJvm.start(Locking.class, Map.of("rig.file", lock.toString()));
    }

    private static String answer(ChildJvm child, String line) throws IOException {
        child.tell(line);
        return child.line();
    }

    /** What this process has open in the directory. */
    private List<String> open() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "no list of descriptors here");
        List<String> open = new ArrayList<>();
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            for (Path descriptor : all.toList()) {
                String target = target(descriptor);
                if (target.startsWith(lock.getParent().toString())) {
                    open.add(target);
                }
            }
        }
        return open;
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            // The one that the list itself was read through.
            return "";
        }
    }
}
