import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the API of a module with the file in which it is written down: its public types outside of internal packages,
 * and their public and protected members. Run by the build of each published module, with its compile class path.
 *
 * <p>Arguments: the folder of the module's classes, the file, and where to write what the file should be.
 */
public final class PublicApi {
    private static final int SHOWN =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

    private static final List<String> OF_EVERY_OBJECT = List.of("equals", "hashCode", "toString");
    private static final String OURS = "io.github.camelzendesk.auth.";

    private PublicApi() {}

    public static void main(String[] args) throws IOException {
        List<String> lines = lines(Path.of(args[0]));
        Path file = Path.of(args[1]);
        List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!lines.equals(before)) {
            Files.write(Path.of(args[2]), lines);
            System.err.printf("The public API of %s is not what %s says.%n", Path.of("").toAbsolutePath().getFileName(), file);
            print("- ", before, lines);
            print("+ ", lines, before);
            System.err.printf("If that is meant, copy %s there.%n", args[2]);
            System.exit(1);
        }
    }

    private static void print(String sign, List<String> lines, List<String> others) {
        lines.stream().filter(line -> !others.contains(line)).forEach(line -> System.err.println(sign + line));
    }

    private static List<String> lines(Path classes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.exists(classes) ? Files.walk(classes) : Stream.empty()) {
            files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .filter(file -> !file.contains("/internal/") && !file.contains("$$"))
                    .map(file -> file.replace('/', '.').substring(0, file.length() - ".class".length()))
                    .sorted()
                    .map(PublicApi::load)
                    .filter(PublicApi::isReachable)
                    .forEach(type -> write(type, lines));
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isReachable(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        boolean isNamed = !type.isAnonymousClass() && !type.isLocalClass() && !type.isSynthetic();
        return isNamed && isShown(type.getModifiers()) && (outer == null || isReachable(outer));
    }

    private static boolean isShown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void write(Class<?> type, List<String> lines) {
        lines.add(head(type));
        List<Member> members = new ArrayList<>(List.of(type.getDeclaredConstructors()));
        // A class that is not public lends its members to its subclasses.
        Class<?> owner = type;
        do {
            members.addAll(List.of(owner.getDeclaredFields()));
            members.addAll(List.of(owner.getDeclaredMethods()));
            owner = owner.getSuperclass();
        } while (owner != null && !isReachable(owner));
        members.stream()
                .filter(member -> isShown(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !OF_EVERY_OBJECT.contains(member.getName()))
                .map(member -> "  " + text(member))
                .sorted()
                .distinct()
                .forEach(lines::add);
        lines.add("");
    }

    private static String text(Member member) {
        String text = member instanceof Field field ? field.toGenericString() : ((Executable) member).toGenericString();
        return text.replace(member.getDeclaringClass().getName() + ".", "").replace(OURS, "").replace("java.lang.", "");
    }

    private static String head(Class<?> type) {
        String kind = type.isAnnotation() ? "@interface"
                : type.isInterface() ? "interface"
                : type.isEnum() ? "enum"
                : type.isRecord() ? "record"
                : "class";
        int shown = type.getModifiers() & SHOWN & (type.isInterface() ? ~Modifier.ABSTRACT : ~0);
        return Modifier.toString(shown) + (type.isSealed() ? " sealed " : " ") + kind + " " + type.getName()
                + joined("<", Arrays.stream(type.getTypeParameters()).map(TypeVariable::getName), ">")
                + joined(" extends ", superclass(type), "")
                + joined(" implements ", Arrays.stream(type.getGenericInterfaces()).map(Type::getTypeName), "");
    }

    private static Stream<String> superclass(Class<?> type) {
        return type.isEnum() || type.isRecord() || type.getSuperclass() == Object.class
                ? Stream.empty()
                : Stream.ofNullable(type.getGenericSuperclass()).map(Type::getTypeName);
    }

    private static String joined(String before, Stream<String> parts, String after) {
        String text = parts.collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : before + text + after;
    }
}
