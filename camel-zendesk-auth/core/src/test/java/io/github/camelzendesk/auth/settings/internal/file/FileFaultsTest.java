package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * R6, R13 and S1: a disk that fails at any call of a rotation, in every way a disk can. Either nothing was sent and the
 * old pair serves on, or the new pair serves from memory and is stored as soon as the disk is back.
 */
@ExtendWith(ZendeskExtension.class)
class FileFaultsTest {
    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private RegisteredClient client;
    private int grants;

    @BeforeEach
    void register(ZendeskServer server) {
        zendesk = server;
        client = zendesk.confidentialClient("app");
    }

    /** To our code the rest of them are these two with other words, so only {@code -Psoak} tries them all. */
    static Stream<Arguments> faults() {
        return allFaults().limit(Boolean.getBoolean("rig.allFaults") ? Long.MAX_VALUE : 2);
    }

    private static Stream<Arguments> allFaults() {
        return Stream.of(
                fault("short write", RiggedFiles.ShortWrite::new),
                fault("EROFS", () -> new FileSystemException("f", null, "Read-only file system")),
                fault("EACCES", () -> new AccessDeniedException("f")),
                fault("ENOSPC", () -> new IOException("No space left on device")),
                fault("EDQUOT", () -> new FileSystemException("f", null, "Disk quota exceeded")),
                fault("EBUSY", () -> new FileSystemException("f", null, "Device or resource busy")),
                fault("EIO", () -> new IOException("Input/output error")));
    }

    private static Arguments fault(String name, Supplier<IOException> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void r6_r13_s1_aFaultAtAnyCallLosesNoGrantAndStopsNoService(String name, Supplier<IOException> fault)
            throws IOException {
        int calls = callsOfARotation();
        int unsent = 0;
        for (int from = 0; from < calls; from++) {
            for (boolean lasting : new boolean[] {false, true}) {
                unsent += rotateOnADiskThatFails(from, lasting, fault) ? 0 : 1;
            }
        }
        System.out.printf(
                "%s: %d faults injected, %d before anything was sent, no grant lost%n", name, 2 * calls, unsent);
        assertThat(unsent).isBetween(10, 2 * calls - 5);
        assertThat(zendesk.refreshTokenReuseCount()).isZero();
    }

    /** Whether a token request was made. */
    private boolean rotateOnADiskThatFails(int from, boolean lasting, Supplier<IOException> fault) throws IOException {
        AtomicInteger call = new AtomicInteger(Integer.MIN_VALUE);
        Steps failing = step -> {
            int number = call.getAndIncrement();
            if (number == from || lasting && number > from) {
                throw fault.get();
            }
        };
        Path file = directory.resolve("grant-" + grants++).resolve("s.json");
        TokenManager manager = open(file, failing);
        manager.authorization().join();
        int before = zendesk.tokenRequestCount();
        call.set(0);
        manager.refresh().exceptionally(error -> null).join();
        boolean sent = zendesk.tokenRequestCount() > before;

        assertThat(isAlive(manager.authorization().join()))
                .as("service goes on after call %d", from)
                .isTrue();
        assertThat(zendesk.tokenRequestCount() - before).isLessThanOrEqualTo(1);
        call.set(Integer.MIN_VALUE);
        manager.close();
        assertThatARestartWorks(file);
        return sent;
    }

    private void assertThatARestartWorks(Path file) {
        TokenManager restarted = open(file, Steps.NONE);
        restarted.refresh().join();
        assertThat(isAlive(restarted.authorization().join())).isTrue();
        restarted.close();
    }

    private int callsOfARotation() throws IOException {
        List<String> steps = new ArrayList<>();
        TokenManager manager = open(directory.resolve("dry").resolve("s.json"), steps::add);
        manager.authorization().join();
        steps.clear();
        manager.refresh().join();
        int calls = steps.size();
        manager.close();
        return calls;
    }

    private boolean isAlive(Authorization authorization) {
        return zendesk.isLive(authorization.headerValue().substring("Bearer ".length()));
    }

    private TokenManager open(Path file, Steps steps) {
        String seed =
                Files.exists(file) ? "" : zendesk.issue(client, "read write").refreshToken();
        return RiggedManager.open(
                RiggedManager.connection(zendesk.url(), client.identifier(), client.secret(), seed),
                RiggedFiles.store(file, zendesk.url(), client.identifier(), steps),
                Steps.NONE);
    }
}
