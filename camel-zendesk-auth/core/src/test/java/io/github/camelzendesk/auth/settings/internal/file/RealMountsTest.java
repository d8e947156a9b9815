package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** S7 and S8 on file systems of the kernel's own; where this process may not mount any, the tests are skipped. */
class RealMountsTest {
    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private final List<Path> mounts = new ArrayList<>();
    private ZendeskServer zendesk;
    private RegisteredClient client;
    private Path mount;

    @BeforeEach
    void mountASmallFileSystem() throws Exception {
        mount = Files.createDirectory(directory.resolve("mount"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", mount.toString()), "cannot mount here");
        mounts.add(mount);
        zendesk = ZendeskServer.start();
        client = zendesk.confidentialClient("app");
    }

    /** Lazily: a test that fails may leave a manager behind, and with it the lock file open. */
    @AfterEach
    void unmount() throws Exception {
        for (int i = mounts.size() - 1; i >= 0; i--) {
            run("umount", "-l", mounts.get(i).toString());
        }
        if (zendesk != null) {
            zendesk.close();
        }
    }

    @Test
    void s8_aDiskThatIsFilledBetweenTheNoteAndTheLandingLosesNothing() throws Exception {
        Path file = login();
        Steps filling = step -> {
            if (step.equals("request")) {
                fill();
            }
        };
        TokenManager manager = RiggedManager.open(connection(""), store(file, Steps.NONE), filling);
        manager.refresh().join();

        assertThat(manager.status().asMap())
                .containsEntry("settingsDirty", false)
                .containsEntry("generation", 3L);
        manager.close();
    }

    @Test
    void r6_onAFullDiskNothingIsSentAndTheOldTokenServesOn() throws Exception {
        Path file = login();
        fill();
        TokenManager manager = RiggedManager.open(connection(""), store(file, Steps.NONE), Steps.NONE);

        assertThat(refused(manager)).contains("no space left", "Free some space", "No refresh token was spent");
        Awaitility.await().until(() -> manager.fresh() != null);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        manager.close();
    }

    @Test
    void s7_aReadOnlyMountIsNamedAndNothingIsSent() throws Exception {
        Path readOnly = Files.createDirectory(directory.resolve("read-only"));
        Path file = readOnly.resolve(login().getFileName());
        assumeTrue(run("mount", "--bind", mount.toString(), readOnly.toString()), "cannot bind-mount here");
        mounts.add(readOnly);
        assertThat(run("mount", "-o", "remount,bind,ro", readOnly.toString())).isTrue();
        TokenManager manager = RiggedManager.open(connection(""), store(file, Steps.NONE), Steps.NONE);

        assertThat(refused(manager)).contains("read-only file system", "Kubernetes Secret");
        Awaitility.await().until(() -> manager.fresh() != null);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        manager.close();
    }

    @Test
    void s7_aSingleFileThatIsAMountOfItsOwnIsNamedAndNothingIsSent() throws Exception {
        Path file = login();
        Path target = Files.createDirectory(mount.resolve("pod")).resolve("s.json");
        Files.createFile(target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assumeTrue(run("mount", "--bind", file.toString(), target.toString()), "cannot bind-mount here");
        mounts.add(target);
        TokenManager manager = RiggedManager.open(connection(""), store(target, Steps.NONE), Steps.NONE);

        assertThat(refused(manager)).contains("mount point of its own", "Mount the directory");
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        manager.close();
    }

    private String refused(TokenManager manager) {
        // A manager that has not read the file yet would take what is in it, and refresh nothing.
        manager.authorization().join();
        Throwable thrown = catchThrowable(() -> manager.refresh().join());
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(SettingsUnavailable.class);
        return thrown.getCause().getMessage();
    }

    private Path login() {
        Path file = mount.resolve("s.json");
        TokenManager manager = RiggedManager.open(
                connection(zendesk.issue(client, "read write").refreshToken()), store(file, Steps.NONE), Steps.NONE);
        manager.authorization().join();
        manager.close();
        return file;
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(mount.resolve("ballast"))) {
            while (true) {
                out.write(new byte[PAGE]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private Connection connection(String seed) {
        return RiggedManager.connection(zendesk.url(), "app", client.secret(), seed);
    }

    private SettingsStore store(Path file, Steps steps) {
        return RiggedFiles.store(file, zendesk.url(), "app", steps);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
