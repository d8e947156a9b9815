package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real PgBouncer in transaction mode before the server of the tests: each statement may meet another session. */
final class PgBouncer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Process process;
    private final int port;
    private final List<Path> files;

    private PgBouncer(Process process, int port, List<Path> files) {
        this.process = process;
        this.port = port;
        this.files = files;
    }

    /** Skips the test where the package is not installed. */
    static PgBouncer start(PostgresServer server) throws IOException {
        assumeTrue(Files.isExecutable(PROGRAM), "PgBouncer is missing: apt-get install pgbouncer");
        Path directory = Files.createTempDirectory("zendesk-auth-pgbouncer");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = LocalPostgres.freePort();
        Path users = Files.writeString(directory.resolve("users"), "\"lab\" \"" + PostgresServer.PASSWORD + "\"\n");
        Path configuration = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                String.join(
                        "\n",
                        "[databases]",
                        "postgres = host=127.0.0.1 port=" + server.port() + " dbname=postgres",
                        "[pgbouncer]",
                        "listen_addr = 127.0.0.1",
                        "listen_port = " + port,
                        "unix_socket_dir =",
                        "auth_type = scram-sha-256",
                        "auth_file = " + users,
                        "pool_mode = transaction",
                        "ignore_startup_parameters = extra_float_digits",
                        ""));
        Process process = new ProcessBuilder(LocalPostgres.asUser(PROGRAM.toString(), "-q", configuration.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", "pgbouncer.out").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port, List.of(users, configuration, directory));
        await().until(bouncer::answers);
        return bouncer;
    }

    /** Nothing in it says that there is a pooler. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=lab&password=" + PostgresServer.PASSWORD;
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
