package io.github.camelzendesk.auth.cli.internal.migrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Looks through source and configuration for API tokens, passwords and Basic credentials of Zendesk. Follows no link
 * but the one it begins at. For one thread.
 */
public final class Scan {
    private static final long LARGEST = 1_000_000;
    private static final Set<String> SKIPPED =
            Set.of(".git", ".svn", ".hg", ".idea", ".gradle", "target", "build", "node_modules");
    private static final Pattern READ = Pattern.compile(
            ".*\\.(java|kt|kts|groovy|gradle|scala|xml|ya?ml|json|properties(\\.bak\\d*)?|conf|cfg|ini|toml|sh|bash|bat|cmd|ps1|py|rb|js|ts"
                    + "|http|tf)|(.*\\.)?env(ironment)?(\\..*)?|dockerfile.*|jenkinsfile.*");

    /** What each rule wants, so that most lines are done with at once. */
    private static final Pattern SUSPECT =
            Pattern.compile("token|passw|pwd|basic|api.?key|scheme", Pattern.CASE_INSENSITIVE);

    private final Consumer<Path> unread;
    private final List<Finding> findings = new ArrayList<>();

    /** @param unread is told of what cannot be read */
    public Scan(Consumer<Path> unread) {
        this.unread = unread;
    }

    /**
     * What is found in a file, or in the files of a folder and its folders.
     *
     * @throws ConfigurationRefused when there is no such path
     */
    public List<Finding> of(Path path) {
        if (!Files.exists(path)) {
            throw new ConfigurationRefused("There is no " + path + " to scan: give a file or a folder that is there.");
        }
        findings.clear();
        try {
            Path start = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            Files.walkFileTree(start, new Visitor(start));
        } catch (IOException e) {
            unread.accept(path);
        }
        return findings.stream()
                .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
                .toList();
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path start;

        private Visitor(Path start) {
            this.start = start;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = !folder.equals(start) && SKIPPED.contains(String.valueOf(folder.getFileName()));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            boolean named = file.equals(start) || READ.matcher(name).matches();
            if (named && attributes.isRegularFile() && attributes.size() <= LARGEST) {
                scan(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException error) {
            unread.accept(file);
            return FileVisitResult.CONTINUE;
        }
    }

    private void scan(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            if (text.indexOf('\0') < 0) {
                findings.addAll(scan(file, text.lines().toList()));
            }
        } catch (IOException e) {
            unread.accept(file);
        }
    }

    /** What is found in the lines of a file: of each line one finding of each kind. */
    static List<Finding> scan(Path file, List<String> lines) {
        ScannedText text = new ScannedText(String.valueOf(file.getFileName()), lines);
        List<Finding> found = new ArrayList<>();
        for (int line = 0; line < text.size(); line++) {
            for (Map.Entry<Kind, String> name : names(text, line).entrySet()) {
                found.add(new Finding(
                        file.toString(), line + 1, name.getKey(), shown(name.getValue()), text.connection(line)));
            }
        }
        return found;
    }

    private static Map<Kind, String> names(ScannedText text, int line) {
        Map<Kind, String> names = new EnumMap<>(Kind.class);
        if (SUSPECT.matcher(text.subject(line)).find()) {
            Rules.ALL.forEach(rule -> rule.nameIn(text, line).ifPresent(name -> names.putIfAbsent(rule.kind(), name)));
        }
        BasicHeader.in(text.subject(line))
                .filter(kind -> kind == Kind.API_TOKEN || text.isAbout(Rule.Where.NEAR, line, ""))
                .ifPresent(kind -> names.putIfAbsent(kind, BasicHeader.NAME));
        return names;
    }

    private static String shown(String name) {
        return name.replaceAll("\\[[0-9]+]", "").replaceFirst("^\\.", "");
    }
}
