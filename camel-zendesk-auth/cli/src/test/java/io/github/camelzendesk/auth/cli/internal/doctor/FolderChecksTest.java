package io.github.camelzendesk.auth.cli.internal.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class FolderChecksTest {
    @TempDir
    private Path root;

    @TempDir
    private Path folder;

    @BeforeEach
    void asLinux() throws Exception {
        Files.createDirectories(root.resolve("proc/self"));
    }

    private FolderChecks mounted(String type, String options) throws Exception {
        Files.write(root.resolve("proc/self/mounts"), List.of("somewhere / " + type + " " + options + " 0 0"));
        return new FolderChecks(folder.toRealPath().resolve("acme.json"), new Machine(root));
    }

    @Test
    void aContainerWithoutAVolumeLosesTheLogin() throws Exception {
        Files.createFile(root.resolve(".dockerenv"));

        Finding finding = mounted("overlay", "rw").fileSystem();

        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.seen()).contains("the container's own file system (overlay)");
        assertThat(finding.remedy()).contains("Mount a volume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "cifs", "9p", "virtiofs", "fuse.sshfs"})
    void aFileSystemThatMachinesShareNeedsLocksAmongThem(String type) throws Exception {
        Finding finding = mounted(type, "rw").fileSystem();

        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.seen()).contains(type, "several machines may share");
        assertThat(finding.remedy()).contains("let one machine own the file");
    }

    @Test
    void memoryIsLostAtAStop() throws Exception {
        assertThat(mounted("tmpfs", "rw").fileSystem().seen()).contains("is in memory (tmpfs)");
    }

    @Test
    void aDiskIsWell() throws Exception {
        assertThat(mounted("ext4", "rw").fileSystem()).isEqualTo(Finding.ok("ext4"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nolock", "local_lock=all", "local_lock=posix", "nobrl"})
    void aMountThatPretendsToLockIsRefused(String option) throws Exception {
        Finding finding = mounted("nfs", "rw," + option).locks();

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.seen()).contains("count on this machine only", option);
        assertThat(finding.remedy()).contains("Mount it without " + option);
    }

    @Test
    void aLockThatTheKernelDoesNotListIsDoubtful() throws Exception {
        Files.createFile(root.resolve("proc/locks"));

        Finding finding = mounted("fuse.odd", "rw").locks();

        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.seen()).contains("the kernel does not list it");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theLockOfThisMachineIsListed() throws Exception {
        FolderChecks checks = new FolderChecks(folder.toRealPath().resolve("acme.json"), new Machine(Path.of("/")));

        assertThat(checks.locks().seen()).contains("file locks work on this machine");
        assertThat(checks.space().seen()).contains("MiB are free");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aReadOnlyMountIsRefused() throws Exception {
        Finding finding = mounted("ext4", "ro,relatime").folder();

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.seen()).contains("read-only file system");
    }

    @Test
    void aFolderThatIsMissingIsMadeLater() throws Exception {
        Path missing = folder.toRealPath().resolve("a/b");

        Finding finding = new FolderChecks(missing.resolve("acme.json"), new Machine(root)).folder();

        assertThat(finding).isEqualTo(Finding.ok(missing + " will be made at the first login"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileInThePlaceOfTheFolderIsRefused() throws Exception {
        Path file = Files.createFile(folder.toRealPath().resolve("file"));

        Finding finding = new FolderChecks(file.resolve("acme.json"), new Machine(root)).folder();

        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.seen()).contains("is no folder");
    }
}
