package io.github.camelzendesk.auth.rewrite;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The modules of a source tree. For one thread. */
final class Modules {
    private static final Pattern CONFIGURATION = Pattern.compile("application(-[\\w-]+)?\\.(properties|ya?ml)");
    private static final Pattern MAIN_CONFIGURATION = Pattern.compile("application\\.(properties|ya?ml)");

    private final Map<Path, Module> modules = new HashMap<>();

    Module of(Path file) {
        return modules.computeIfAbsent(root(file), root -> new Module(modules.values()));
    }

    /** The folder above {@code src}, or else that of the file. */
    private static Path root(Path file) {
        for (int i = 0; i < file.getNameCount(); i++) {
            if (file.getName(i).toString().equals("src")) {
                return i == 0 ? Path.of("") : file.subpath(0, i);
            }
        }
        return file.getParent() == null ? Path.of("") : file.getParent();
    }

    static boolean isConfiguration(Path file) {
        return CONFIGURATION.matcher(file.getFileName().toString()).matches();
    }

    /** The file that counts for all profiles, and not in tests alone. */
    static boolean isMainConfiguration(Path file) {
        return MAIN_CONFIGURATION.matcher(file.getFileName().toString()).matches()
                && !file.toString().replace('\\', '/').contains("src/test/");
    }
}
