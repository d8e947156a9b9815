package io.github.camelzendesk.auth.rig;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsTransaction;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** H8 to H10 and S5: what only a real process, another class loader or a newer Java shows. */
@ExtendWith(ZendeskExtension.class)
class ProcessInvariantsTest {
    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private RegisteredClient client;

    @BeforeEach
    void register(ZendeskServer server) {
        zendesk = server;
        client = zendesk.confidentialClient("app");
    }

    @Test
    void h8_aProcessThatIsAskedToEndInTheMiddleOfAnExchangeLetsItLand() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        try (ChildJvm child = ChildJvm.start(Lingering.class, properties())) {
            assertThat(child.line()).isEqualTo("begun");
            Awaitility.await().until(() -> zendesk.tokenRequestCount() == 1);
            child.askToEnd();
            assertThat(child.line()).isEqualTo("ending");
            answer.countDown();
            assertThat(child.exit()).isEqualTo(143);
        }
        TokenManager restarted = open();
        assertThat(zendesk.isLive(restarted.authorization().join().headerValue().substring("Bearer ".length())))
                .isTrue();
        restarted.close();
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    @Test
    void h8_aThousandManagersLeaveNoThreadAndNoLock() throws Exception {
        open().authorization().join();
        int before = Thread.activeCount();
        for (int i = 0; i < 1000; i++) {
            TokenManager manager = open();
            manager.authorization().join();
            manager.close();
        }
        Awaitility.await().until(() -> Thread.activeCount() - before < 20);
        store().begin(Duration.ZERO).orElseThrow().close();
    }

    @Test
    void h9_theSameFileLockedThroughAnotherClassLoaderIsBusyAndNoError() throws Exception {
        try (URLClassLoader other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
                SettingsTransaction held = store().begin(Duration.ZERO).orElseThrow()) {
            assertThat(held.load()).isEmpty();
            assertThat(beginElsewhere(other)).isEmpty();
        }
    }

    @Test
    void s5_aLockWhoseFileWasDeletedSpendsNothingAndTheNextOneWorks() throws Exception {
        try (SettingsTransaction held = store().begin(Duration.ZERO).orElseThrow()) {
            Files.delete(directory.resolve("s.json.lock"));
            assertThatThrownBy(held::reserve).hasMessageContaining("was deleted or replaced while it was locked");
        }
        try (SettingsTransaction next = store().begin(Duration.ofMinutes(1)).orElseThrow()) {
            next.reserve();
        }
    }

    @Test
    void h10_aHerdOfVirtualThreadsPinsNoneAndCostsOneExchange() throws Exception {
        Optional<Path> java = newerJava();
        assumeTrue(java.isPresent(), "there is no Java 21 or newer beside this one");
        zendesk.nextTokenRequest(TokenFault.delay(Duration.ofMillis(500)));
        try (ChildJvm child = ChildJvm.start(java.get(), HerdOfVirtualThreads.class, properties())) {
            assertThat(child.line()).isEqualTo("served 10000 pinned 0");
        }
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private static Optional<Path> newerJava() throws IOException {
        Path here = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> siblings = Files.list(here.getParent())) {
            return siblings.filter(home -> version(home) >= 21).findFirst();
        }
    }

    private static int version(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private Optional<?> beginElsewhere(ClassLoader loader) throws ReflectiveOperationException {
        Class<?> steps = loader.loadClass(Steps.class.getName());
        Method store = loader.loadClass(RiggedFiles.class.getName())
                .getMethod("store", Path.class, String.class, String.class, steps);
        Object elsewhere = store.invoke(
                null,
                directory.resolve("s.json"),
                zendesk.url(),
                "app",
                steps.getField("NONE").get(null));
        Method begin = loader.loadClass(SettingsStore.class.getName()).getMethod("begin", Duration.class);
        return (Optional<?>) begin.invoke(elsewhere, Duration.ZERO);
    }

    static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    private Map<String, String> properties() {
        return Map.of(
                "rig.url", zendesk.url(),
                "rig.client", client.identifier(),
                "rig.secret", client.secret(),
                "rig.refreshToken", zendesk.issue(client, "read write").refreshToken(),
                "rig.file", directory.resolve("s.json").toString());
    }

    private SettingsStore store() {
        return RiggedFiles.store(directory.resolve("s.json"), zendesk.url(), "app", Steps.NONE);
    }

    private TokenManager open() {
        String seed = Files.exists(directory.resolve("s.json"))
                ? ""
                : zendesk.issue(client, "read write").refreshToken();
        return RiggedManager.open(
                RiggedManager.connection(zendesk.url(), "app", client.secret(), seed), store(), Steps.NONE);
    }
}
