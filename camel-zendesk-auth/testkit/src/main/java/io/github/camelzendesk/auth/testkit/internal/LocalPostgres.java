package io.github.camelzendesk.auth.testkit.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

/**
 * A PostgreSQL from the package of the system, in a folder of its own and on the loopback interface; removed when the JVM
 * ends. Thread-safe, but for {@link #start} and {@link #stop}.
 */
public class LocalPostgres {
    public static final String PASSWORD = IssuedSecrets.register("pg-" + UUID.randomUUID());

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final long MOST_MINUTES = 5;

    private final Path programs;
    private final Path directory;
    private final int port;
    private final String options;

    /** @param settings of the server, such as {@code max_connections=60} */
    protected LocalPostgres(Path programs, String... settings) throws IOException, InterruptedException {
        this.programs = programs;
        this.directory = Files.createTempDirectory("zendesk-auth-postgres");
        this.port = freePort();
        this.options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + directory
                + Stream.of(settings).map(" -c "::concat).reduce("", String::concat);
        // The server runs as another user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        run("initdb", "-D", data(), "-U", "lab", "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "-N");
        start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    /** Those of the newest version; empty where the package is not installed. */
    public static Optional<Path> programs() throws IOException {
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

    public final void start() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-l", logFile().toString(), "-o", options, "start");
    }

    /** All sessions are cut. */
    public final void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-m", "fast", "stop");
    }

    public final int port() {
        return port;
    }

    public final String url() {
        return url("lab", PASSWORD);
    }

    public final String url(String user, String password) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + user + "&password=" + password;
    }

    public final String log() throws IOException {
        return Files.readString(logFile());
    }

    public final Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    public final void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the rows. */
    public final List<String> query(String sql) throws SQLException {
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

    /** The command that runs a server which refuses to run as root. */
    public static List<String> asUser(String program, String... arguments) {
        boolean isRoot = "root".equals(System.getProperty("user.name"));
        List<String> command = new ArrayList<>(isRoot ? List.of("runuser", "-u", "postgres", "--") : List.of());
        command.add(program);
        command.addAll(List.of(arguments));
        return command;
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private Path logFile() {
        return directory.resolve("log");
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve(program + ".out");
        Process process = new ProcessBuilder(asUser(programs.resolve(program).toString(), arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(output));
        }
    }

    private void remove() {
        try {
            run("pg_ctl", "-D", data(), "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("PostgreSQL could not be removed: " + e);
        }
    }
}
