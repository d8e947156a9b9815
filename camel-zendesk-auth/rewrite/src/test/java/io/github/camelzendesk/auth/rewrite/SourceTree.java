package io.github.camelzendesk.auth.rewrite;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.openrewrite.ExecutionContext;
import org.openrewrite.InMemoryExecutionContext;
import org.openrewrite.Parser;
import org.openrewrite.Recipe;
import org.openrewrite.Result;
import org.openrewrite.SourceFile;
import org.openrewrite.internal.InMemoryLargeSourceSet;
import org.openrewrite.java.JavaParser;
import org.openrewrite.java.style.Autodetect;
import org.openrewrite.java.tree.J;
import org.openrewrite.properties.PropertiesParser;
import org.openrewrite.xml.XmlParser;
import org.openrewrite.yaml.YamlParser;

/** A source tree in memory: path to text. Each run parses it, runs a recipe, and prints it. Immutable. */
record SourceTree(Map<String, String> files) {
    SourceTree {
        files = new TreeMap<>(files);
    }

    static SourceTree of(String path, String text) {
        return new SourceTree(Map.of(path, text));
    }

    static SourceTree in(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
            return new SourceTree(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SourceTree with(String path, String text) {
        Map<String, String> more = new TreeMap<>(files);
        more.put(path, text);
        return new SourceTree(more);
    }

    String text(String path) {
        return files.get(path);
    }

    SourceTree after(Recipe recipe) {
        List<Throwable> errors = new ArrayList<>();
        ExecutionContext ctx = new InMemoryExecutionContext(errors::add);
        Map<String, String> changed = new TreeMap<>(files);
        for (Result result : recipe.run(new InMemoryLargeSourceSet(parsed(ctx)), ctx)
                .getChangeset()
                .getAllResults()) {
            changed.put(path(result.getAfter()), result.getAfter().printAll());
        }
        if (!errors.isEmpty()) {
            throw new AssertionError(errors.get(0));
        }
        return new SourceTree(changed);
    }

    private static String path(SourceFile file) {
        return file.getSourcePath().toString().replace('\\', '/');
    }

    private List<SourceFile> parsed(ExecutionContext ctx) {
        List<SourceFile> sources = Stream.of(
                        JavaParser.fromJavaVersion().build(),
                        YamlParser.builder().build(),
                        XmlParser.builder().build(),
                        PropertiesParser.builder().build())
                .flatMap(parser -> parser.parseInputs(inputs(parser), null, ctx))
                .toList();
        return styled(sources);
    }

    /** As OpenRewrite's build plugins do: what is added looks like what is there. */
    private static List<SourceFile> styled(List<SourceFile> sources) {
        Autodetect.Detector detector = Autodetect.detector();
        sources.forEach(detector::sample);
        Autodetect style = detector.build();
        return sources.stream()
                .<SourceFile>map(source -> source instanceof J.CompilationUnit
                        ? source.withMarkers(source.getMarkers().add(style))
                        : source)
                .toList();
    }

    private List<Parser.Input> inputs(Parser parser) {
        return files.entrySet().stream()
                .filter(file -> parser.accept(Path.of(file.getKey())))
                .map(file -> new Parser.Input(
                        Path.of(file.getKey()),
                        () -> new ByteArrayInputStream(file.getValue().getBytes(StandardCharsets.UTF_8))))
                .toList();
    }
}
