package io.github.camelzendesk.auth.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A real PostgreSQL from the package of the system, one for all tests of the module, on the loopback interface. */
final class PostgresServer {
    static final String PASSWORD = IssuedSecrets.register("pg-" + UUID.randomUUID());

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static PostgresServer running;

    private final Path programs;
    private final Path directory;
    private final int port;

    private PostgresServer(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    /** Skips the test where the package is not installed. */
    static synchronized PostgresServer running() throws IOException, InterruptedException {
        Optional<Path> programs = programs();
        assumeTrue(programs.isPresent(), "PostgreSQL is missing: apt-get install postgresql");
        if (running == null) {
            running = create(programs.get());
        }
        return running;
    }

    private static Optional<Path> programs() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"));
        }
    }

    private static PostgresServer create(Path programs) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("zendesk-auth-postgres");
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        PostgresServer server = new PostgresServer(programs, directory, freePort());
        server.run(
                "initdb",
                "-D",
                server.data(),
                "-U",
                "lab",
                "-A",
                "scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8");
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws IOException, InterruptedException {
        run(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c max_connections=60 -c unix_socket_directories="
                        + directory,
                "start");
    }

    /** All sessions are cut. */
    void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "fast", "stop");
    }

    int port() {
        return port;
    }

    /** The log of the server, for what may not stand in it. */
    String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    String url() {
        return url("lab", PASSWORD);
    }

    String url(String user, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user + "&password=" + password;
    }

    static String newTable() {
        return "settings_" + TABLES.incrementAndGet();
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the rows. */
    List<String> query(String sql) throws SQLException {
        List<String> column = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                column.add(row.getString(1));
            }
        }
        return column;
    }

    /** What a row holds, as bytes; null when there is no such row. */
    byte @Nullable [] settings(String table, String name) throws SQLException {
        List<String> rows = query("SELECT settings FROM " + table + " WHERE name = '" + name + "'");
        return rows.isEmpty() ? null : rows.get(0).getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces what a row holds, as an operator could. */
    void overwrite(String table, String name, byte[] content) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE " + table + " SET settings = ? WHERE name = ?")) {
            update.setString(1, new String(content, StandardCharsets.UTF_8));
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    /** Cuts the sessions that hold an advisory lock, and waits until they are gone. */
    boolean breakLocks() throws SQLException {
        return !query("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted")
                .isEmpty();
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // The server refuses to run as root.
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", program + ".out").toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(program).isTrue();
        assertThat(process.exitValue())
                .as(() -> program + ": " + outOf(program))
                .isZero();
    }

    private static String outOf(String program) {
        try {
            return Files.readString(Path.of("target", program + ".out"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private void remove() {
        try {
            run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            System.err.println("PostgreSQL could not be stopped: " + e);
        }
    }
}
