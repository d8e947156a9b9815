package io.github.camelzendesk.auth.oauth.internal.engine;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.TaskScheduler;
import io.github.camelzendesk.auth.oauth.internal.refresh.Deployed;

import static org.assertj.core.api.Assertions.assertThat;

/** What an application leaves behind in a JVM that goes on without it. */
class AfterTheLastCloseTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void noThreadNoHookAndNoClassLoaderStaysBehindTheLastManager() throws Exception {
        ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

        WeakReference<ClassLoader> gone = deployAndEnd(collected);

        assertThat(isCollected(collected)).as("the class loader %s", gone.get()).isTrue();
    }

    @Test
    void anEngineThatIsHeldOnceMoreHasItsThreadsAgain() throws Exception {
        SharedThreads engine = new SharedThreads(SharedThreads::daemons, Duration.ZERO);
        for (int time = 0; time < 3; time++) {
            TaskScheduler.Cancellable one = engine.hold(() -> {});
            TaskScheduler.Cancellable other = engine.hold(() -> {});
            one.cancel();
            one.cancel();
            CountDownLatch ran = new CountDownLatch(4);
            engine.after(Duration.ZERO, ran::countDown);
            engine.execute(ran::countDown);
            engine.spawn(ran::countDown);
            engine.call("acme", ran::countDown);
            assertThat(ran.await(1, TimeUnit.MINUTES)).isTrue();
            other.cancel();
        }
    }

    /** In a method of its own, so that no variable keeps the loader. */
    private static WeakReference<ClassLoader> deployAndEnd(ReferenceQueue<ClassLoader> collected) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Application loader = new Application()) {
            Runnable work = (Runnable)
                    loader.loadClass(Deployed.class.getName()).getConstructor().newInstance();
            Thread deploying = new Thread(work, "deploying");
            deploying.setUncaughtExceptionHandler((thread, error) -> failure.set(error));
            deploying.setContextClassLoader(loader);
            deploying.start();
            deploying.join();
            assertThat(failure.get()).isNull();
            for (Thread left : threadsOf(loader)) {
                left.join(LIMIT.toMillis());
            }
            assertThat(threadsOf(loader)).isEmpty();
            return new WeakReference<>(loader, collected);
        }
    }

    private static List<Thread> threadsOf(ClassLoader loader) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getContextClassLoader() == loader)
                .toList();
    }

    private static boolean isCollected(ReferenceQueue<ClassLoader> collected) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Reference<?> gone = null;
        while (gone == null && System.nanoTime() < end) {
            System.gc();
            gone = collected.remove(500);
        }
        return gone != null;
    }

    /** Has classes of its own of the engine, as a web application has; the rest is the server's. */
    private static final class Application extends URLClassLoader {
        Application() {
            super(new URL[] {placeOf(TokenManager.class), placeOf(Deployed.class)}, Deployed.class.getClassLoader());
        }

        private static URL placeOf(Class<?> type) {
            return type.getProtectionDomain().getCodeSource().getLocation();
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.github.camelzendesk.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
