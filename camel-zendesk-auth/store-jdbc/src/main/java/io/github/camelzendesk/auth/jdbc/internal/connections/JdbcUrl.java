package io.github.camelzendesk.auth.jdbc.internal.connections;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URL of a database, which may carry a password: its text is what may be shown of it. Immutable. Two are equal when
 * their whole texts are.
 */
public final class JdbcUrl {
    private static final Pattern BEGINNING = Pattern.compile("jdbc:[A-Za-z0-9]+:(?:thin:|oci:)?(?://)?");
    private static final Pattern HARMLESS = Pattern.compile("[\\w.:/\\\\,\\[\\]~% -]*");
    private static final String NAME = "(?:pass|pwd|secret|token)";
    // In braces (ODBC, SQL Server; a brace within is doubled) or quotes a delimiter is part of the value.
    private static final String WRAPPED = "\\{[^}]*+(?:}}[^}]*+)*+}|\"[^\"]*\"|'[^']*'";
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)[?&;:][^=?&;:]*" + NAME + "[^=?&;]*=(" + WRAPPED + "|[^&;]*)"),
            Pattern.compile("(?i)\\([^=()]*" + NAME + "[^=()]*=([^)]*)\\)"),
            Pattern.compile("[:/]([^:/]+)@"),
            Pattern.compile("(?://[^/@:]*:|(?:thin|oci):[^/]*/)(.+?)@"));
    private static final Pattern ANY_URL = Pattern.compile("jdbc:[^\\s\"']+");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?i)(" + NAME + "\\w*\\s*[=:]\\s*)(?:" + WRAPPED + "|[^\\s&;,\"')]+)");

    // After the patterns, which its making needs.
    public static final JdbcUrl NONE = new JdbcUrl("");

    private final String text;
    private final String shown;

    private JdbcUrl(String text) {
        this.text = text;
        this.shown = shown(text);
    }

    public static JdbcUrl of(String text) {
        return new JdbcUrl(text);
    }

    /** The whole of it, for the driver only. */
    public String reveal() {
        return text;
    }

    /** A message of a driver or a pool without what it may have quoted: URLs, passwords. */
    String redact(String message) {
        String redacted = text.isEmpty() ? message : message.replace(text, shown);
        for (String secret : secrets()) {
            redacted = redacted.replace(secret, "...");
        }
        redacted = ASSIGNMENT.matcher(redacted).replaceAll("$1...");
        return ANY_URL.matcher(redacted).replaceAll(Matcher.quoteReplacement(shown.isEmpty() ? "jdbc:..." : shown));
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Pattern pattern : SECRETS) {
            Matcher found = pattern.matcher(text);
            while (found.find()) {
                addWithForms(found.group(1), secrets);
            }
        }
        // The longest first: a part of it may be a secret as well.
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        return secrets;
    }

    private static void addWithForms(String secret, List<String> secrets) {
        if (secret.matches(WRAPPED)) {
            String bare = secret.substring(1, secret.length() - 1);
            addWithForms(bare, secrets);
            addWithForms(bare.replace("}}", "}"), secrets);
        }
        if (!secret.isEmpty()) {
            secrets.add(secret);
            try {
                secrets.add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // It is no encoded form, so there is no other one.
            }
        }
    }

    /** Only what is known to be harmless: without user, password and parameters. */
    private static String shown(String text) {
        Matcher beginning = BEGINNING.matcher(text);
        if (!beginning.lookingAt()) {
            return text.isEmpty() ? "" : "jdbc:...";
        }
        String base = text.split("[?;]", 2)[0];
        // A password with one of the delimiters in it would be cut in two.
        boolean ambiguous = text.substring(base.length()).contains("@");
        String place = base.substring(Math.max(base.lastIndexOf('@') + 1, Math.min(beginning.end(), base.length())));
        return beginning.group() + (ambiguous || !HARMLESS.matcher(place).matches() ? "..." : place);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JdbcUrl url && url.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return shown;
    }
}
