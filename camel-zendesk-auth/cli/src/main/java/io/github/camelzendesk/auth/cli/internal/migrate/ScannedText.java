package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** The lines of a file, and what each is about. Immutable after construction. */
final class ScannedText {
    private static final int AROUND = 8;
    /** A longer line is no one's configuration, and would take long. */
    private static final int LONGEST = 4_000;

    private static final Pattern COMMENT = Pattern.compile("\\s*(?:#|//|/\\*|\\*|<!--|!|import\\s).*");
    private static final Pattern ZENDESK = Pattern.compile("zendesk", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENDPOINT =
            Pattern.compile("zendesk(?:-auth)?:(?://)?\\w|Zendesk\\w*[.]?(?:Builder|Component|Configuration)\\b");
    private static final Pattern OF_ZENDESK =
            Pattern.compile("\\.zendesk\\.com|zendesk(?:-auth)?:(?://)?\\w", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONNECTION =
            Pattern.compile("connections(?:\\[(?<braced>[^\\]]+)]|\\.(?<named>[\\w@+-]+))\\.");
    private static final Pattern BESIDE = Pattern.compile(
            "(?<=zendesk-auth:|zendesk-auth://)\\w[\\w.-]*|[a-z0-9][a-z0-9-]*\\.zendesk\\.com",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST = Pattern.compile(
            "[._-]?(?:api[._-]?(?:token|key)|token|password|passwd|pwd|auth-?scheme|(?:base|server|api|service)?[._-]?"
                    + "(?:url|uri|host|endpoint|address|domain))$|\\.[^.]*$",
            Pattern.CASE_INSENSITIVE);

    private final boolean ofConnections;
    private final List<String> subjects = new ArrayList<>();
    private final List<@Nullable String> keys = new ArrayList<>();
    private final Set<String> groups = new HashSet<>();

    ScannedText(String name, List<String> lines) {
        ofConnections = name.matches("connections\\b.*\\.properties(\\.bak\\d*)?");
        Optional<KeyPaths> paths = KeyPaths.of(name.toLowerCase(Locale.ROOT));
        for (String line : lines) {
            boolean read = line.length() <= LONGEST && !COMMENT.matcher(line).matches();
            add(read ? line : "", paths);
        }
    }

    private void add(String line, Optional<KeyPaths> paths) {
        Optional<KeyPaths.Entry> entry = paths.flatMap(known -> known.next(line, subjects.size() + 1));
        subjects.add(entry.map(set -> set.key() + "=" + set.value()).orElseGet(() -> withoutComment(line)));
        keys.add(entry.map(KeyPaths.Entry::key).orElse(null));
        entry.filter(set -> OF_ZENDESK.matcher(set.value()).find()).ifPresent(set -> groups.add(group(set.key())));
    }

    /** Without the rest of a line of code. */
    private static String withoutComment(String line) {
        return line.replaceFirst("\\s//\\s.*$", "");
    }

    int size() {
        return subjects.size();
    }

    /** What the rules look at: the line, with the whole path of its key. Empty for a comment. */
    String subject(int line) {
        return subjects.get(line);
    }

    boolean isAbout(Rule.Where where, int line, String name) {
        return switch (where) {
            case ANYWHERE -> true;
            case GROUP -> keys.get(line) != null && isOfGroup(name);
            case FILE -> mentioned(ZENDESK, 0, size());
            case NEAR -> mentioned(ZENDESK, line - AROUND, line + AROUND);
            case AFTER -> mentioned(ENDPOINT, line - AROUND, line);
        };
    }

    private boolean isOfGroup(String key) {
        String group = group(key);
        return ofConnections
                || ZENDESK.matcher(group).find()
                || groups.contains(group)
                || group.endsWith(".parameters") && groups.contains(group.substring(0, group.lastIndexOf('.')));
    }

    /** What keys of one thing begin with. */
    private static String group(String key) {
        return LAST.matcher(key).replaceFirst("");
    }

    private boolean mentioned(Pattern what, int from, int to) {
        return lines(from, to).anyMatch(line -> what.matcher(line).find());
    }

    private Stream<String> lines(int from, int to) {
        return IntStream.rangeClosed(Math.max(0, from), Math.min(subjects.size() - 1, to))
                .mapToObj(subjects::get);
    }

    /** The connection that a line is about, or else the account next to it; null where neither is to be seen. */
    @Nullable
    String connection(int line) {
        Matcher named = CONNECTION.matcher(subjects.get(line));
        if (named.find()) {
            return named.group("braced") == null ? named.group("named") : named.group("braced");
        }
        String key = keys.get(line);
        return ofConnections && key != null && key.contains(".")
                ? key.substring(0, key.lastIndexOf('.'))
                : beside(line);
    }

    private @Nullable String beside(int line) {
        return IntStream.rangeClosed(0, AROUND)
                .boxed()
                .flatMap(distance ->
                        Stream.concat(lines(line - distance, line - distance), lines(line + distance, line + distance)))
                .map(BESIDE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst()
                .orElse(null);
    }
}
