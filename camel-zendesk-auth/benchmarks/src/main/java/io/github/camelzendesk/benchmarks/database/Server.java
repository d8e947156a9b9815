package io.github.camelzendesk.benchmarks.database;

import java.io.File;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL of our own from the package of the system, durable as in production, removed when the JVM ends. */
final class Server {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "pg-" + UUID.randomUUID();
    /** For a thousand replicas. A minute of autovacuum's is a second here, where half an hour of rotations is one. */
    private static final Map<String, String> SETTINGS = Map.of(
            "listen_addresses", "127.0.0.1",
            "max_connections", "1200",
            "shared_buffers", "512MB",
            "max_wal_size", "4GB",
            "autovacuum_naptime", "1s",
            "shared_preload_libraries", "pg_stat_statements");

    private final Path programs;
    private final Path directory;
    private final int port;

    private Server(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.port = port;
    }

    static Server start() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("zendesk-auth-benchmark");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        Server server = new Server(programs(), directory, freePort());
        String data = directory.resolve("data").toString();
        server.run("initdb", "-D", data, "-U", "lab", "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8");
        StringBuilder options = new StringBuilder("-p " + server.port + " -c unix_socket_directories=" + directory);
        SETTINGS.forEach(
                (name, value) -> options.append(" -c ").append(name).append('=').append(value));
        server.run("pg_ctl", "-D", data, "-w", "-l", directory.resolve("log").toString(), "-o", options + "", "start");
        Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
        server.execute("CREATE EXTENSION pg_stat_statements");
        return server;
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
                    .max(Comparator.comparingInt(
                            version -> Integer.parseInt(version.getFileName().toString())))
                    .map(version -> version.resolve("bin"))
                    .orElseThrow(() -> new IOException("PostgreSQL is missing: apt-get install postgresql"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return url(port);
    }

    /** The same through a port that leads there. */
    static String url(int through) {
        return "jdbc:postgresql://127.0.0.1:" + through + "/postgres?user=lab&password=" + PASSWORD;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // The server refuses to run as root.
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        Path out = directory.resolve(program + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(out));
        }
    }

    private void remove() {
        try {
            run("pg_ctl", "-D", directory.resolve("data").toString(), "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException | InterruptedException e) {
            System.err.println("PostgreSQL could not be removed: " + e);
        }
    }
}
