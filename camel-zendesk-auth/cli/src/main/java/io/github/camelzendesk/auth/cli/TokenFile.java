package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.connections.OwnerOnlyFile;
import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

/**
 * A file of this user's alone that holds the current token of a connection, and is replaced as a whole at each renewal, until
 * it is closed. Thread-safe.
 */
final class TokenFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenFile.class);

    private final NamedConnection connection;
    private final Path folder;
    private final TokenManager manager;
    private @Nullable AccessToken first;

    private TokenFile(NamedConnection connection, Path folder) {
        this.connection = connection;
        this.folder = folder;
        this.manager = connection.manager().listener(this::happened).open();
    }

    /** Opens the manager, and writes the file for the first time. */
    static TokenFile open(NamedConnection connection) throws InterruptedException {
        Path folder;
        try {
            // For the owner only, where the system has owners.
            folder = Files.createTempDirectory("zendesk-auth-");
        } catch (IOException e) {
            throw ExecCommand.noFile(e);
        }
        TokenFile file;
        try {
            file = new TokenFile(connection, folder);
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
        try {
            file.write();
            return file;
        } catch (RuntimeException | InterruptedException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return folder.resolve("token");
    }

    /** The token that was written first. */
    synchronized AccessToken first() {
        return Objects.requireNonNull(first);
    }

    private void happened(TokenEvent event) {
        boolean another = event.kind() == TokenEvent.Kind.REFRESHED
                || event.kind() == TokenEvent.Kind.ADOPTED
                || event.kind() == TokenEvent.Kind.LOGGED_IN
                || event.kind() == TokenEvent.Kind.REFRESHED_BY_HAND;
        if (another) {
            try {
                write();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ZendeskAuthException e) {
                LOG.warn("The token file keeps the earlier token: {}", e.getMessage());
            }
        }
    }

    private synchronized void write() throws InterruptedException {
        AccessToken token = AccessToken.of(connection, manager);
        if (first == null) {
            first = token;
        }
        OwnerOnlyFile.replace(path(), token.secret().reveal());
    }

    @Override
    public void close() {
        manager.close();
        delete(path());
        delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", file, e);
        }
    }
}
