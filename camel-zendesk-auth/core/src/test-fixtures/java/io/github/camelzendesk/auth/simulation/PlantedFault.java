package io.github.camelzendesk.auth.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A fault in the code under test: a change of a text in one source file, compiled in memory and loaded beside the real
 * one. Immutable.
 */
public record PlantedFault(String name, String file, String text, String by) {
    private static final String ROOT = "io.github.camelzendesk.auth.";
    private static final Path SOURCES = Path.of("../core/src/main/java/io/github/camelzendesk/auth");

    /** This class, of which all that it uses has the fault. */
    public Class<?> load(Class<?> type) {
        try {
            return Class.forName(type.getName(), true, new Loader(compile()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Writes the classes that have the fault, for another JVM. */
    public void write(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> changed : compile().entrySet()) {
            Path file = directory.resolve(changed.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, changed.getValue());
        }
    }

    @Override
    public String toString() {
        return name;
    }

    /** The source with the fault. Fails when the text is gone. */
    String source() {
        try {
            String source = Files.readString(SOURCES.resolve(file + ".java"));
            assertThat(source.split(Pattern.quote(text), -1))
                    .as("pieces of " + file + " around the text that '" + name + "' changes")
                    .hasSize(2);
            return source.replace(text, by);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> compile() {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileManager inMemory =
                new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String of, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                        return new Compiled(of, classes);
                    }
                };
        List<String> options = List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
        boolean done = compiler.getTask(null, inMemory, null, options, null, List.of(new Source(file, source())))
                .call();
        assertThat(done).as("whether '" + name + "' compiles").isTrue();
        Map<String, byte[]> bytes = new HashMap<>();
        classes.forEach((of, stream) -> bytes.put(of, stream.toByteArray()));
        return bytes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("memory:///" + file + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final String of;
        private final Map<String, ByteArrayOutputStream> classes;

        Compiled(String of, Map<String, ByteArrayOutputStream> classes) {
            super(URI.create("memory:///" + of.replace('.', '/') + ".class"), Kind.CLASS);
            this.of = of;
            this.classes = classes;
        }

        @Override
        public OutputStream openOutputStream() {
            return classes.computeIfAbsent(of, same -> new ByteArrayOutputStream());
        }
    }

    /** Loads all classes of this project once more, with static fields of their own. */
    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> changed;

        Loader(Map<String, byte[]> changed) {
            super(PlantedFault.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String of, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(of)) {
                Class<?> loaded = of.startsWith(ROOT) ? findLoadedClass(of) : super.loadClass(of, resolve);
                return loaded == null ? define(of) : loaded;
            }
        }

        private Class<?> define(String of) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(of.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(of);
                }
                byte[] bytes = changed.containsKey(of) ? changed.get(of) : in.readAllBytes();
                return defineClass(of, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(of, e);
            }
        }
    }
}
