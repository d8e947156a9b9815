package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BomTest {
    private static final Path MODULES = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>camel-zendesk-auth/(.+)</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.+)</artifactId>");
    private static final Pattern MODULE_NAME = Pattern.compile("<module.name>(.+)</module.name>");
    private static final Pattern TESTED_WITH =
            Pattern.compile("<dependency>(?:(?!</dependency>).)*<scope>test</scope>.*?</dependency>", Pattern.DOTALL);
    private static final Pattern NEEDS_CAMEL = Pattern.compile("camel-(zendesk-auth|quarkus-zendesk-auth).*");

    @Test
    void theBomNamesEachPublishedModuleAndNothingElse() throws IOException {
        List<String> published = published().map(BomTest::artifact).toList();

        assertThat(named("bom").skip(1).filter(name -> name.contains("zendesk-auth")))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void anArtifactWithoutCamelInItsNameDependsOnNoCamel() throws IOException {
        List<String> free = modules().stream()
                .filter(module -> !module.equals("bom"))
                .filter(module -> !NEEDS_CAMEL.matcher(artifact(module)).matches())
                .toList();

        assertThat(free)
                .contains("core", "testkit", "store-testkit", "store-jdbc", "store-kubernetes", "rewrite")
                .allSatisfy(module -> assertThat(TESTED_WITH
                                .matcher(pom(MODULES.resolve(module)))
                                .replaceAll(""))
                        .doesNotContain("org.apache.camel", "<artifactId>camel-zendesk-auth<"));
    }

    @Test
    void eachPublishedJarIsAModuleWithANameOfItsOwn() throws IOException {
        List<String> names = published()
                .map(module -> MODULE_NAME.matcher(pom(MODULES.resolve(module))))
                .map(name -> name.find() ? name.group(1) : "none")
                .toList();

        assertThat(names).doesNotHaveDuplicates().allSatisfy(name -> assertThat(name)
                .matches("io\\.github\\.camelzendesk\\.auth(\\.[a-z]+)*"));
    }

    @Test
    void noTwoPublishedJarsHoldClassesOfOnePackage() throws IOException {
        assertThat(published().flatMap(BomTest::packages)).isNotEmpty().doesNotHaveDuplicates();
    }

    private static Stream<String> published() throws IOException {
        return modules().stream().filter(module -> !module.matches("bom|benchmarks|model|.*integration-tests"));
    }

    /** Generated sources lie beside those that they are generated for. */
    private static Stream<String> packages(String module) {
        Path sources = MODULES.resolve(module).resolve("src/main/java");
        try (Stream<Path> files = Files.exists(sources) ? Files.walk(sources) : Stream.empty()) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file.getParent()).toString())
                    .distinct()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> modules() throws IOException {
        return MODULE.matcher(pom(MODULES.resolve("..")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String artifact(String module) {
        return named(module).skip(module.equals("bom") ? 0 : 1).findFirst().orElseThrow();
    }

    /** The artifacts in the order in which the module's pom names them: its parent, itself, its dependencies. */
    private static Stream<String> named(String module) {
        return ARTIFACT.matcher(pom(MODULES.resolve(module))).results().map(found -> found.group(1));
    }

    private static String pom(Path folder) {
        try {
            return Files.readString(folder.resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
