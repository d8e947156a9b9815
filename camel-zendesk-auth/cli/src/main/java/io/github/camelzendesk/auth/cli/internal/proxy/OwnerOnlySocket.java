package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * A Unix socket that its owner alone can connect to. Thread-safe once it listens.
 *
 * <p>It is bound in a new folder of the owner's alone, and moved to its place with its permissions: there is no moment in
 * which others can connect.
 */
public final class OwnerOnlySocket implements ProxyAddress {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlySocket.class);
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int STICKY = 01000;
    private static final int OTHERS_WRITE = 0022;
    /** Bytes of a path on the least generous system. */
    private static final int LONGEST = 103;

    private static final String PREFIX = ".z";
    /** Where it is bound first: the folder has a random number for a name. */
    private static final String LONGEST_BESIDE = PREFIX + Long.MIN_VALUE + "/s";

    private final Path path;
    private final Path folder;
    private @Nullable Object key;

    private OwnerOnlySocket(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /**
     * A socket at this path, in place of one that an earlier program left.
     *
     * @throws ConfigurationRefused when a program listens there, there is something else, or none can be made
     */
    public static OwnerOnlySocket at(Path path) {
        Path target = path.toAbsolutePath().normalize();
        Path parent = Objects.requireNonNullElse(target.getParent(), target);
        try {
            checkFolder(parent);
            checkLength(target, target);
            checkLength(target, parent.resolve(LONGEST_BESIDE));
            checkPlace(target);
            return new OwnerOnlySocket(target, Files.createTempDirectory(parent, PREFIX));
        } catch (UnsupportedOperationException e) {
            throw refused(target, "cannot be kept to its owner on this system", "use --port");
        } catch (IOException e) {
            throw unusable(target, e);
        }
    }

    /** Where everybody may put another socket in the place of this one, programs would talk to a stranger. */
    private static void checkFolder(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            throw refused(parent, "is no folder", "make it first, with 'mkdir -m 700'");
        }
        int mode = mode(parent);
        if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
            throw refused(
                    parent,
                    "can be written by others, who could replace the socket",
                    "choose a folder of your own, or run 'chmod go-w' on it");
        }
    }

    private static void checkLength(Path target, Path bound) {
        if (bound.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw refused(target, "is too long for a socket", "choose a shorter path");
        }
    }

    private static int mode(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static void checkPlace(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if ((mode(target) & KIND) != SOCKET) {
            throw refused(target, "is there already, and is no socket", "choose another path");
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(target))) {
            throw refused(target, "is in use by a program that runs", "end that one, or choose another path");
        } catch (ConnectException e) {
            LOG.debug("{} was left by a program that has ended", target);
        }
    }

    private Path first() {
        return folder.resolve("s");
    }

    @Override
    public List<UnixDomainServerConnector> connectors(Server server, HttpConnectionFactory http) {
        UnixDomainServerConnector connector = new UnixDomainServerConnector(server, 1, 1, http);
        connector.setUnixDomainPath(first());
        connector.setAcceptQueueSize(Limits.CONNECTIONS);
        return List.of(connector);
    }

    @Override
    public void listening() {
        try {
            Files.setPosixFilePermissions(first(), PosixFilePermissions.fromString("rw-------"));
            key = key(first());
            Files.move(first(), path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(folder);
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public boolean isHost(String host) {
        return true;
    }

    @Override
    public boolean isOwners(Request request) {
        // Nobody else can connect.
        return true;
    }

    @Override
    public String toString() {
        return "unix:" + path;
    }

    /** Not a socket that another program has put in its place. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(first());
            Files.deleteIfExists(folder);
            if (key != null && Files.exists(path, LinkOption.NOFOLLOW_LINKS) && key.equals(key(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("The socket {} could not be deleted", path, e);
        }
    }

    private static ConfigurationRefused unusable(Path path, IOException e) {
        return refused(
                path,
                "cannot be made or looked at (" + e.getClass().getSimpleName() + ")",
                "check its folder and the permissions of this user, or use --port");
    }

    private static ConfigurationRefused refused(Path path, String trouble, String remedy) {
        return new ConfigurationRefused("--socket: " + path + " " + trouble + ": " + remedy + ".");
    }
}
