package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(ZendeskExtension.class)
@DisabledOnOs(OS.WINDOWS)
class OwnerOnlySocketTest {
    @TempDir
    Path folder;

    private Account account;
    private TokenManager manager;
    private Path path;

    @BeforeEach
    void open(ZendeskServer zendesk) {
        NamedConnection connection = new NamedConnection("acme", ConnectionOptions.of(Proxied.grant(zendesk, folder)));
        manager = connection.manager().open();
        account = Account.of(connection, manager);
        path = folder.resolve("z.sock");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theOwnerCallsThroughItWithoutATokenAndWithAnyHost() throws IOException {
        try (AccountProxy proxy = serve()) {
            assertThat(proxy).hasToString("unix:" + path);
            assertThat(call("GET /api/v2/users/me.json HTTP/1.1\r\nHost: whatever\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("agent@example.com");
            assertThat(call("GET /status HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void nobodyElseCanConnectAndNothingElseIsLeftBeside() throws IOException {
        try (AccountProxy proxy = serve()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            try (Stream<Path> beside = Files.list(folder)) {
                assertThat(beside.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".z"));
            }
        }
    }

    @Test
    void itIsBoundWhereOthersCannotGo() throws Exception {
        try (OwnerOnlySocket socket = OwnerOnlySocket.at(path);
                Stream<Path> beside = Files.list(folder)) {
            Path made = beside.filter(file -> file.getFileName().toString().startsWith(".z"))
                    .findFirst()
                    .orElseThrow();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
            assertThat(socket).hasToString("unix:" + path);
        }
    }

    @Test
    void oneThatAnEndedProgramLeftIsReplacedAndOneInUseIsRefused() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(this::serve)
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("in use by a program that runs");
        }
        assertThat(path).exists();
        try (AccountProxy proxy = serve()) {
            assertThat(call("GET /status HTTP/1.1\r\nHost: x\r\n")).startsWith("HTTP/1.1 200");
            assertThatThrownBy(this::serve).isInstanceOf(ConfigurationRefused.class);
        }
    }

    @Test
    void theSocketThatAnotherProgramPutInItsPlaceIsLeftThere() throws IOException {
        try (AccountProxy proxy = serve()) {
            Files.delete(path);
            Files.createFile(path);
        }
        assertThat(path).exists();
    }

    @Test
    void whatIsNoSocketAndWhereOthersCouldReplaceItIsRefused() throws IOException {
        Files.writeString(path, "mine");
        refused("is no socket");
        Files.delete(path);
        Files.createSymbolicLink(path, folder.resolve("elsewhere"));
        refused("is no socket");
        Files.delete(path);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        refused("can be written by others");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        path = folder.resolve("no/z.sock");
        refused("is no folder");
        path = folder.resolve("x".repeat(120));
        refused("too long");
    }

    private void refused(String why) {
        assertThatThrownBy(this::serve)
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageStartingWith("--socket: ")
                .hasMessageContaining(why);
    }

    private AccountProxy serve() {
        return AccountProxy.start(account, OwnerOnlySocket.at(path), Limits.DEFAULT);
    }

    private String call(String lines) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            channel.write(StandardCharsets.US_ASCII.encode(lines + "Connection: close\r\n\r\n"));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer piece = ByteBuffer.allocate(8192);
            while (channel.read(piece) >= 0) {
                answer.write(piece.array(), 0, piece.position());
                piece.clear();
            }
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
