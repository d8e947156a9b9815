package io.github.camelzendesk.auth.settings;

import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;
import io.github.camelzendesk.auth.settings.internal.MemorySettingsStore;
import io.github.camelzendesk.auth.settings.internal.file.FileSettingsStore;

/**
 * Opens the settings store that a location names: a path or {@code file:}, {@code memory:}, {@code bean:}, and whatever
 * a {@link SettingsStoreProvider} on the class path adds. Stateless.
 */
public final class SettingsStores {
    // Two letters at least, so that C:\settings is a path.
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):(.*)", Pattern.DOTALL);
    private static final Pattern DRIVE_AFTER_SLASH = Pattern.compile("/[a-zA-Z]:");
    // What a quote, a name or a blank before it would make a file of, in the folder the process happens to run in.
    private static final Pattern NO_PATH =
            Pattern.compile("^[\"'`\\u2018\\u2019\\u201c\\u201d]|(jdbc|kubernetes)\\s*:|://", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> KNOWN_JARS =
            Map.of("jdbc", "zendesk-auth-jdbc", "kubernetes", "zendesk-auth-kubernetes");

    // No upper case: on some file systems it is the same as lower case.
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9._-]+");
    private static final int MOST_LETTERS = 60;
    private static final int HASH_BYTES = 6;

    private SettingsStores() {}

    /**
     * Opens a store; nothing is read or written yet.
     *
     * @param name tells the connection's settings from those of others at the same location, see {@link #name}
     * @throws IllegalArgumentException when the location cannot be understood, with a message for the user
     */
    public static SettingsStore open(String location, String name, SettingsCodec codec, BeanLookup beans) {
        Matcher scheme = SCHEME.matcher(location);
        if (!scheme.matches()) {
            return file(location, codec);
        }
        String rest = scheme.group(2);
        return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
            case "file" -> file(path(rest, File.separatorChar == '\\'), codec);
            case "memory" -> new MemorySettingsStore(needed(location, rest.replaceFirst("^//", "")), codec);
            case "bean" -> beans.find(needed(location, rest), SettingsStore.class);
            default -> provided(scheme.group(1).toLowerCase(Locale.ROOT), location, name, codec, beans);
        };
    }

    /**
     * The name of a connection's settings: made of its name, the host of its account, and for client credentials their
     * kind and scope. Connections that differ in any of these have different names, even ignoring case.
     */
    public static String name(String connection, SettingsOwner owner) {
        return plain(connection) + "@"
                + plain(String.valueOf(URI.create(owner.url()).getHost()))
                + (owner.isPerson() ? "" : "~" + owner.grant())
                + (owner.scope().isEmpty() ? "" : "~" + plain(owner.scope()));
    }

    /** Plain text as it is; other text as its plain characters, a {@code ~}, which no plain text has, and a hash. */
    static String plain(String text) {
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
        return letters.substring(0, Math.min(letters.length(), MOST_LETTERS)) + "~" + hash(text);
    }

    /** Hashes chars, not UTF-8, which would turn half a surrogate pair into a question mark. */
    private static String hash(String text) {
        ByteBuffer chars = ByteBuffer.allocate(2 * text.length());
        text.chars().forEach(letter -> chars.putChar((char) letter));
        return HexFormat.of().formatHex(Secret.sha256().digest(chars.array()), 0, HASH_BYTES);
    }

    /**
     * The file of this name in the folder where this operating system keeps a user's configuration.
     *
     * @throws IllegalArgumentException when there is no such folder, with a message for the user
     */
    public static Path defaultFile(String name, Map<String, String> environment) {
        return defaultFile(name, environment, System.getProperty("os.name", ""), System.getProperty("user.home", ""));
    }

    static Path defaultFile(String name, Map<String, String> environment, String system, String home) {
        return configurationFolder(environment, system.toLowerCase(Locale.ROOT), home)
                .resolve("camel-zendesk-auth")
                .resolve(name + ".json");
    }

    private static Path configurationFolder(Map<String, String> environment, String os, String home) {
        if (os.startsWith("windows")) {
            return folder(
                    "APPDATA", environment, () -> home(home).resolve("AppData").resolve("Roaming"));
        }
        return os.startsWith("mac")
                ? home(home).resolve("Library").resolve("Application Support")
                : folder("XDG_CONFIG_HOME", environment, () -> home(home).resolve(".config"));
    }

    private static Path folder(String variable, Map<String, String> environment, Supplier<Path> otherwise) {
        String folder = environment.getOrDefault(variable, "");
        return folder.isBlank() ? otherwise.get() : absolute(folder, "the variable " + variable);
    }

    /** Of a user without a name, as in a container, it is a question mark. */
    private static Path home(String home) {
        return absolute(home, "the home of the user (the property user.home)");
    }

    /** A folder that is not absolute would lie wherever the process happens to run, and be lost with it. */
    private static Path absolute(String folder, String what) {
        try {
            Path path = Path.of(folder);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "there is no folder to keep the settings in, because " + what + " is '" + LogSafeText.oneLine(folder)
                        + "' and no absolute path: set oauthSettingsLocation to a file on a volume that lasts");
    }

    /** What follows {@code file:}, without the slash that Java and browsers write before a drive. */
    static String path(String afterScheme, boolean windows) {
        String path = afterScheme.startsWith("///") ? afterScheme.substring(2) : afterScheme;
        return windows && DRIVE_AFTER_SLASH.matcher(path).lookingAt() ? path.substring(1) : path;
    }

    private static SettingsStore file(String path, SettingsCodec codec) {
        // It may hold a password, so it is not quoted.
        if (NO_PATH.matcher(path).find()) {
            throw new IllegalArgumentException("oauthSettingsLocation is no path: it begins with a quote, or jdbc:,"
                    + " kubernetes: or :// stands further on in it. Write it without quotes, and jdbc: or kubernetes: at"
                    + " its very beginning");
        }
        try {
            Path file = path.startsWith("~/") || path.startsWith("~\\")
                    ? home(System.getProperty("user.home", "")).resolve(path.substring(2))
                    : Path.of(path);
            if (path.isBlank() || path.endsWith("/") || file.getFileName() == null) {
                throw new IllegalArgumentException("oauthSettingsLocation '" + path + "' names no file");
            }
            return new FileSettingsStore(file, codec);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "oauthSettingsLocation is not a path that this system understands: " + e.getReason());
        }
    }

    private static SettingsStore provided(
            String scheme, String location, String name, SettingsCodec codec, BeanLookup beans) {
        for (SettingsStoreProvider provider :
                ServiceLoader.load(SettingsStoreProvider.class, SettingsStores.class.getClassLoader())) {
            if (provider.scheme().equals(scheme)) {
                return provider.open(location, name, codec, beans);
            }
        }
        // The rest of the location stays out of the message: a JDBC URL may carry a password.
        String remedy = KNOWN_JARS.containsKey(scheme)
                ? "add " + KNOWN_JARS.get(scheme) + " to the class path"
                : "use a path, file:PATH, memory:ID, bean:NAME, jdbc:... or kubernetes:...";
        throw new IllegalArgumentException(
                "oauthSettingsLocation begins with '" + scheme + ":', which nothing here can open: " + remedy);
    }

    private static String needed(String location, String rest) {
        if (rest.isBlank()) {
            throw new IllegalArgumentException("oauthSettingsLocation '" + location + "' lacks what follows the colon");
        }
        return rest;
    }
}
