package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/** Compiles a source file of the engine with a fault planted. Stateless. */
final class MutatedEngine {
    private static final Path ROTATION =
            Path.of("../core/src/main/java/io/github/camelzendesk/auth/oauth/internal/rotation");

    private MutatedEngine() {}

    /**
     * The folder of the compiled classes.
     *
     * @param source the name of a class of the rotation
     * @param text what the fault takes the place of; it occurs once
     */
    static Path compile(Path directory, String source, String text, String fault) throws IOException {
        String real = Files.readString(ROTATION.resolve(source + ".java"));
        assertThat(real).as("the text that is changed").containsOnlyOnce(text);
        Path changed = Files.createDirectories(directory).resolve(source + ".java");
        Files.writeString(changed, real.replace(text, fault));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-nowarn", "-implicit:none", "-d", directory.toString(), "-cp", ChildJvm.classPath());
            boolean done = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(changed))
                    .call();
            assertThat(done).as("whether the fault compiles").isTrue();
        }
        return directory;
    }
}
