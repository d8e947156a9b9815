package io.github.camelzendesk.auth.quarkus.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;
import org.objectweb.asm.tree.ClassNode;

/** The classes of a jar or a folder, by name. Immutable. */
record ByteCode(Map<String, ClassNode> classes, Map<String, Set<String>> references) {

    /** All that comes from where these classes come from. */
    static ByteCode beside(Class<?>... some) throws Exception {
        ByteCode code = new ByteCode(new TreeMap<>(), new TreeMap<>());
        for (Class<?> one : some) {
            code.readBeside(Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        return code;
    }

    private void readBeside(Path origin) throws IOException {
        if (Files.isDirectory(origin)) {
            readBelow(origin);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(origin)) {
            readBelow(jar.getPath("/"));
        }
    }

    private void readBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
        }
    }

    private void read(Path file) {
        try {
            ClassReader reader = new ClassReader(Files.readAllBytes(file));
            ClassNode node = new ClassNode();
            reader.accept(node, 0);
            classes.put(dotted(node.name), node);
            references.put(dotted(node.name), mentioned(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every class that this one's descriptors, fields and instructions name. */
    private static Set<String> mentioned(ClassReader reader) {
        Set<String> names = new HashSet<>();
        reader.accept(
                new ClassRemapper(new ClassWriter(0), new Remapper() {
                    @Override
                    public String map(String internalName) {
                        names.add(dotted(internalName));
                        return internalName;
                    }
                }),
                0);
        return names;
    }

    /** The class and those above it that are here, then the first that is not. */
    List<String> lineage(String name) {
        List<String> lineage = new ArrayList<>();
        for (String at = name; at != null; at = superName(at)) {
            lineage.add(at);
        }
        return lineage;
    }

    private String superName(String name) {
        ClassNode node = classes.get(name);
        return node == null ? null : dotted(node.superName);
    }

    static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
