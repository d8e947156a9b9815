package io.github.camelzendesk.auth.rewrite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openrewrite.Recipe;
import org.openrewrite.config.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole source trees. {@code -DwriteProjects=true} writes what is expected, for a person to read. */
class SampleProjectsTest {
    private static final Path PROJECTS = Path.of("src/test/projects");
    private static final Pattern SECRET =
            Pattern.compile("\\b(IN|OUTSIDE)_[A-Z_&]*[0-9][a-f0-9]{3}\\b|SU5fQV9IRUFERVI=");

    private static final Recipe RECIPE = Environment.builder()
            .scanYamlResources()
            .build()
            .activateRecipes("io.github.camelzendesk.auth.rewrite.MigrateToNamedConnections");

    @ParameterizedTest
    @ValueSource(strings = {"camel-main", "spring-boot", "quarkus"})
    void aWholeProjectMovesToNamedConnectionsAndASecondRunChangesNothing(String project) throws IOException {
        SourceTree before = SourceTree.in(PROJECTS.resolve(project).resolve("before"));
        Path expected = PROJECTS.resolve(project).resolve("after");

        SourceTree after = before.after(RECIPE);
        if (Boolean.getBoolean("writeProjects")) {
            write(after, expected);
        }

        assertThat(after).isEqualTo(SourceTree.in(expected));
        assertThat(after.after(RECIPE)).isEqualTo(after);
    }

    /** A secret may stay where it was, beside a comment. */
    @ParameterizedTest
    @ValueSource(strings = {"camel-main", "spring-boot", "quarkus"})
    void noSecretIsWrittenAnywhere(String project) {
        List<String> before = secrets(SourceTree.in(PROJECTS.resolve(project).resolve("before")));
        List<String> after = secrets(SourceTree.in(PROJECTS.resolve(project).resolve("after")));

        assertThat(before).isNotEmpty().containsAll(after).hasSizeGreaterThan(after.size());
    }

    /** Each with its file. */
    private static List<String> secrets(SourceTree tree) {
        return tree.files().entrySet().stream()
                .flatMap(file -> SECRET.matcher(file.getValue())
                        .results()
                        .map(MatchResult::group)
                        .map(secret -> file.getKey() + ": " + secret))
                .toList();
    }

    private static void write(SourceTree tree, Path folder) throws IOException {
        for (Map.Entry<String, String> file : tree.files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }
}
