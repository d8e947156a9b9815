package io.github.camelzendesk.auth.cli.internal.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class MachineTest {
    @TempDir
    private Path root;

    private Machine machine() {
        return new Machine(root);
    }

    @Test
    void aPathIsOnTheMountThatIsNearest() throws Exception {
        write(
                "proc/self/mounts",
                "overlay / overlay rw 0 0",
                "nas:/v /data nfs4 rw,vers=4.2,local_lock=none 0 0",
                "tmpfs /data/my\\040tokens tmpfs rw 0 0",
                "tmpfs /data/late tmpfs rw 0 0",
                "/dev/sda1 /data/late ext4 rw 0 0");

        assertThat(machine().mount(Path.of("/database")).orElseThrow().type()).isEqualTo("overlay");
        assertThat(machine().mount(Path.of("/data/x"))).hasValueSatisfying(mount -> assertThat(mount)
                .isEqualTo(new Machine.Mount(Path.of("/data"), "nfs4", List.of("rw", "vers=4.2", "local_lock=none"))));
        assertThat(machine().mount(Path.of("/data/my tokens/x")).orElseThrow().type())
                .isEqualTo("tmpfs");
        assertThat(machine().mount(Path.of("/data/late")).orElseThrow().type()).isEqualTo("ext4");
    }

    @Test
    void aLockIsKnownByItsFileAndWhoWaitsForItIsNotItsHolder() throws Exception {
        Path file = Files.createFile(root.resolve("acme.json.lock"));
        Object inode = Files.getAttribute(file, "unix:ino");
        write(
                "proc/locks",
                "1: POSIX  ADVISORY  WRITE 17 fe:00:1" + inode + " 0 EOF",
                "2: -> POSIX  ADVISORY  WRITE 18 fe:00:" + inode + " 0 EOF",
                "3: OFDLCK ADVISORY  WRITE -1 fe:00:" + inode + " 0 EOF",
                "4: POSIX  ADVISORY  WRITE 4711 fe:00:" + inode + " 0 EOF");

        assertThat(machine().lockHolder(file)).hasValue(4711);
        assertThat(machine().lockHolder(root.resolve("none"))).isEmpty();
    }

    @Test
    void aPortIsKnownByTheSocketOfTheProcessThatListens() throws Exception {
        String rest = " 00000000:00000000 00:00000000 00000000     0        0 ";
        write(
                "proc/net/tcp",
                "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                "   0: 0100007F:8235 0100007F:9999 01" + rest + "100 1",
                "   1: 0100007F:8235 00000000:0000 0A" + rest + "200 1");
        Files.createDirectories(root.resolve("proc/4711/fd"));
        Files.createSymbolicLink(root.resolve("proc/4711/fd/3"), Path.of("socket:[200]"));

        assertThat(machine().listener(0x8235)).hasValue(4711);
        assertThat(machine().listener(0x8236)).isEmpty();
    }

    @Test
    void aSystemThatTellsNothingIsNoTrouble() {
        assertThat(machine().mount(Path.of("/data"))).isEmpty();
        assertThat(machine().lockHolder(root)).isEmpty();
        assertThat(machine().listener(80)).isEmpty();
        assertThat(machine().listsLocks()).isFalse();
        assertThat(machine().isContainer()).isFalse();
    }

    @Test
    void aProcessIsNamedWithoutItsArguments() {
        assertThat(Machine.process(ProcessHandle.current().pid())).isEqualTo("this process");
        assertThat(Machine.process(Long.MAX_VALUE)).isEqualTo("process " + Long.MAX_VALUE);
    }

    private void write(String file, String... lines) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }
}
