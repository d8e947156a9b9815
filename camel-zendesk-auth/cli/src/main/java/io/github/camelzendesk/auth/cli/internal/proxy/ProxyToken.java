package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.cli.internal.connections.OwnerOnlyFile;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

/** What a program must show at a port: 256 random bits, kept in a file of this user's alone. Thread-safe. */
public final class ProxyToken implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyToken.class);
    private static final int BYTES = 32;
    private static final int LENGTH = 43;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");
    private static final Pattern SCHEME = Pattern.compile("(?i)(bearer|basic) +(\\S+) *");

    private final Secret secret;
    private final Path file;
    private final @Nullable Path folder;

    private ProxyToken(Secret secret, Path file, @Nullable Path folder) {
        this.secret = secret;
        this.file = file;
        this.folder = folder;
    }

    /**
     * A new one, written to this file.
     *
     * @param file null for one in a new folder of this user's alone
     * @throws ConfigurationRefused when it cannot be written, or the file holds something else
     */
    public static ProxyToken write(@Nullable Path file) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        // Without letters that an address would have to encode.
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path folder = newFolder(file);
        Path written = folder == null ? checked(Objects.requireNonNull(file)) : folder.resolve("token");
        OwnerOnlyFile.replace(written, text);
        return new ProxyToken(Secret.of(text), written, folder);
    }

    /** Null where a file is named. */
    private static @Nullable Path newFolder(@Nullable Path file) {
        try {
            return file != null ? null : Files.createTempDirectory("zendesk-auth-");
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    "No file for the proxy's token can be made in the folder for temporary files ("
                            + e.getClass().getSimpleName() + "): name one with --token-file.");
        }
    }

    /** A token that an earlier proxy left is replaced, and no other file. */
    private static Path checked(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isToken(file)) {
                return file;
            }
        } catch (IOException e) {
            // Then it is something else.
        }
        throw new ConfigurationRefused("--token-file: " + file
                + " holds something else than the token of a proxy, and is left as it is: name another file.");
    }

    private static boolean isToken(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == LENGTH
                && FORM.matcher(Files.readString(file)).matches();
    }

    public Path file() {
        return file;
    }

    /** Whether a request shows it, as a bearer token or as the password of any user (RFC 7617). */
    boolean isShownBy(Request request) {
        List<String> shown = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
        Matcher parts = SCHEME.matcher(shown.size() == 1 ? shown.get(0) : "");
        if (!parts.matches()) {
            return false;
        }
        String credentials = parts.group(2);
        return secret.sameAs(
                Secret.of(parts.group(1).equalsIgnoreCase("bearer") ? credentials : password(credentials)));
    }

    private static String password(String credentials) {
        try {
            String text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return text.substring(text.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(file) && Files.readString(file).equals(secret.reveal())) {
                Files.delete(file);
            }
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.warn("The file {} with the proxy's token could not be deleted. It is of no use any more.", file, e);
        }
    }
}
