package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;

import static org.assertj.core.api.Assertions.assertThat;

/** What is registered for a native image, against all that the byte code of the component would need of it. */
class NativeConfigurationTest {
    private static final String FRONT = "io.github.camelzendesk.auth.";

    private static final Set<String> REFLECTION = Set.of(
            "java.lang.Class.forName",
            "java.lang.Class.getResource",
            "java.lang.Class.getResourceAsStream",
            "java.lang.Class.getDeclaredConstructor",
            "java.lang.Class.getConstructor",
            "java.lang.Class.getMethod",
            "java.lang.Class.getMethods",
            "java.lang.Class.getDeclaredMethod",
            "java.lang.Class.getDeclaredMethods",
            "java.lang.Class.getDeclaredField",
            "java.lang.Class.getField",
            "java.lang.ClassLoader.loadClass",
            "java.lang.ClassLoader.getResource",
            "java.lang.ClassLoader.getResourceAsStream",
            "java.lang.reflect.Proxy.newProxyInstance",
            "java.lang.invoke.MethodHandles.lookup",
            "java.io.ObjectInputStream.readObject",
            "java.util.ResourceBundle.getBundle",
            "java.util.ServiceLoader.load",
            "com.fasterxml.jackson.databind.ObjectMapper.readValue",
            "com.fasterxml.jackson.databind.ObjectMapper.treeToValue",
            "com.fasterxml.jackson.databind.ObjectMapper.convertValue",
            "com.fasterxml.jackson.databind.ObjectMapper.valueToTree");

    /** What differs between the machine of the build and that of the run, or cannot be kept in an image. */
    private static final Set<String> OF_THE_RUN = Set.of(
            "java.security.SecureRandom.<init>",
            "java.util.Random.<init>",
            "java.lang.Thread.<init>",
            "java.lang.ProcessHandle.current",
            "java.lang.Runtime.getRuntime",
            "java.lang.System.getProperty",
            "java.lang.System.getenv",
            "java.net.InetAddress.getLocalHost",
            "okhttp3.OkHttpClient.<init>",
            "okhttp3.OkHttpClient$Builder.<init>");

    private static final List<String> OPTIONAL = List.of(
            "io.micrometer.",
            "org.apache.camel.impl.health.",
            "org.apache.camel.http.base.",
            "org.apache.camel.component.http.",
            "org.apache.hc.",
            "org.asynchttpclient.",
            "org.zendesk.client.");

    private static ByteCode component;

    private final ZendeskAuthNativeProcessor processor = new ZendeskAuthNativeProcessor();

    @BeforeAll
    static void readTheComponent() throws Exception {
        component = ByteCode.beside(ZendeskAuthPolicy.class, TokenManager.class);
    }

    @Test
    void whateverARouteCanNameIsRegistered() {
        Set<String> named = namesWhere(node -> isOpen(node)
                && (isException(node) || isEnum(node) || (isConcrete(node) && hasOpenConstructor(node)))
                && !isRegisteredByCamel(node)
                && !node.name.contains("/internal/"));

        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(registered());
    }

    @Test
    void whateverIsRegisteredExists() {
        assertThat(component.classes().keySet()).containsAll(registered());
        assertThat(component.classes().keySet()).containsAll(initializedAtRuntime());
    }

    @Test
    void noUseOfReflectionIsUnaccountedFor() {
        assertThat(callsOf(REFLECTION, method -> true))
                .containsExactlyInAnyOrder(
                        // For what is registered only where it is: the next test.
                        FRONT + "monitor.ConnectionMonitors: java.lang.Class.forName",
                        FRONT + "login.CallbackPage: java.lang.Class.getResourceAsStream",
                        FRONT + "settings.SettingsStores: java.util.ServiceLoader.load");
        assertThat(processor.pages().getResources()).containsExactly("io/github/camelzendesk/auth/login/callback.html");
        assertThat(processor.settingsStores().serviceDescriptorFile())
                .isEqualTo("META-INF/services/" + FRONT + "settings.SettingsStoreProvider");
    }

    @Test
    void whateverIsLookedForByNameIsRegisteredWhereItIs() {
        Set<String> names = new TreeSet<>();
        for (MethodNode method : component.classes().get(FRONT + "monitor.ConnectionMonitors").methods) {
            method.instructions.forEach(instruction -> {
                if (instruction instanceof LdcInsnNode constant
                        && OPTIONAL.stream().anyMatch(constant.cst.toString()::startsWith)) {
                    names.add(constant.cst.toString());
                }
            });
        }

        assertThat(names).containsExactlyInAnyOrderElementsOf(ZendeskAuthNativeProcessor.LOOKED_FOR);
    }

    @Test
    void whateverBelongsToTheRunIsInitializedThere() {
        Set<String> classes = callsOf(OF_THE_RUN, method -> method.name.equals("<clinit>")).stream()
                .map(call -> call.substring(0, call.indexOf(':')))
                .collect(Collectors.toSet());
        // Through their constructors: threads, and an HTTP client with the trust store of its machine.
        classes.addAll(
                List.of(FRONT + "oauth.internal.engine.SharedThreads$Holder", FRONT + "oauth.internal.wire.Transport"));

        assertThat(initializedAtRuntime()).containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void withoutOptionalLibrariesTheirClassesAreReachedThroughSubstitutionsOnly() {
        Set<String> needy = namesWhere(node -> component.references().get(ByteCode.dotted(node.name)).stream()
                .anyMatch(name -> OPTIONAL.stream().anyMatch(name::startsWith)));
        Set<String> links = new TreeSet<>();
        component.references().forEach((name, mentioned) -> mentioned.stream()
                .filter(other -> needy.contains(other) && !needy.contains(name) && !name.startsWith(other + "$"))
                .forEach(other -> links.add(name.replace(FRONT, "") + " -> " + other.replace(FRONT, ""))));

        // The first of each link is substituted, or what it calls of the second is: see SubstitutionsTest.
        assertThat(links)
                .containsExactlyInAnyOrder(
                        "monitor.ConnectionMonitors -> monitor.Meters",
                        "monitor.ConnectionMonitors -> monitor.Observations",
                        "monitor.HealthChecks -> monitor.ConnectionHealthCheck",
                        "monitor.HealthChecks -> monitor.ConnectionGroupHealthCheck",
                        "InvalidTokenResponse -> InvalidTokenResponse$Typed");
        assertThat(needy).contains(handOvers().toArray(String[]::new));
    }

    private Set<String> registered() {
        List<ReflectiveClassBuildItem> items = new ArrayList<>(List.of(processor.namedByUsers(), processor.operated()));
        Set<String> names = items.stream()
                .map(ReflectiveClassBuildItem::getClassNames)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
        names.addAll(handOvers());
        return names;
    }

    private static List<String> handOvers() {
        return Stream.of(HandOver.values()).map(HandOver::className).toList();
    }

    private Set<String> initializedAtRuntime() {
        List<RuntimeInitializedClassBuildItem> items = new ArrayList<>();
        processor.initializedAtRuntime(items::add);
        return items.stream()
                .map(RuntimeInitializedClassBuildItem::getClassName)
                .collect(Collectors.toSet());
    }

    private static Set<String> namesWhere(Predicate<ClassNode> condition) {
        return component.classes().values().stream()
                .filter(condition)
                .map(node -> ByteCode.dotted(node.name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> callsOf(Set<String> methods, Predicate<MethodNode> within) {
        Set<String> calls = new TreeSet<>();
        for (ClassNode node : component.classes().values()) {
            for (MethodNode method : node.methods) {
                if (!within.test(method)) {
                    continue;
                }
                method.instructions.forEach(instruction -> {
                    if (instruction instanceof MethodInsnNode call
                            && methods.contains(ByteCode.dotted(call.owner) + "." + call.name)) {
                        calls.add(ByteCode.dotted(node.name) + ": " + ByteCode.dotted(call.owner) + "." + call.name);
                    }
                });
            }
        }
        return calls;
    }

    private static boolean isOpen(ClassNode node) {
        return (node.access & Opcodes.ACC_PUBLIC) != 0;
    }

    private static boolean isConcrete(ClassNode node) {
        return (node.access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_INTERFACE)) == 0;
    }

    private static boolean isEnum(ClassNode node) {
        return component.lineage(ByteCode.dotted(node.name)).contains("java.lang.Enum") && !node.name.contains("$");
    }

    private static boolean isException(ClassNode node) {
        return component.lineage(ByteCode.dotted(node.name)).stream()
                .anyMatch(name -> name.startsWith("java.lang.") && name.endsWith("Exception"));
    }

    private static boolean hasOpenConstructor(ClassNode node) {
        return node.methods.stream()
                .anyMatch(method -> method.name.equals("<init>")
                        && method.desc.equals("()V")
                        && (method.access & Opcodes.ACC_PUBLIC) != 0);
    }

    /** By its type or as a service of Camel: see ApplicationWithoutOptionalLibrariesTest. */
    private static boolean isRegisteredByCamel(ClassNode node) {
        return ApplicationWithoutOptionalLibrariesTest.BY_CAMEL.contains(ByteCode.dotted(node.name));
    }
}
