package io.github.camelzendesk.auth.oauth.internal.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.params.provider.Arguments;

import io.github.camelzendesk.auth.simulation.PlantedFault;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What threads do at once, under schedules that Lincheck chooses. Immutable.
 *
 * @param tested has the operations, and a method with {@code @Validate} that fails when a rule is broken at the end
 * @param threads the operations of each thread, in order
 */
public record Schedules(Class<?> tested, List<String> threads) {
    private static final int MANY = Integer.getInteger("schedules", 200);

    public Schedules(Class<?> tested, String... threads) {
        this(tested, List.of(threads));
    }

    /** Fails with the first schedule that breaks a rule. */
    public void explore() {
        new ModelCheckingOptions()
                .iterations(0)
                .addCustomScenario(scenario())
                .invocationsPerIteration(MANY)
                .minimizeFailedScenario(false)
                // Nothing is compared with a specification: the rules say what is right.
                .verifier(EpsilonVerifier.class)
                // A call of a collection is one step: to look into it takes five times as long.
                .analyzeStdLib$lincheck(false)
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(Schedules::isAside)
                        .allMethods()
                        .ignore())
                // But a thread may be held before it.
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(ConcurrentHashMap.class.getName())
                        .allMethods()
                        .treatAsAtomic())
                .invocationTimeout$lincheck(60_000)
                .check(tested);
    }

    /** Values, and what only tells others: schedules within them show nothing. */
    private static boolean isAside(String name) {
        return name.startsWith("io.github.camelzendesk.auth.settings.") || name.endsWith(".EventDispatcher");
    }

    private ExecutionScenario scenario() {
        return new ExecutionScenario(
                List.of(), threads.stream().map(this::actors).toList(), List.of(), null);
    }

    private List<Actor> actors(String operations) {
        return Arrays.stream(operations.split(", ")).map(this::actor).toList();
    }

    private Actor actor(String operation) {
        try {
            return new Actor(tested.getMethod(operation), List.of());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A fault of the code under test that one of these schedules shows.
     *
     * @param shown what breaks
     */
    public Arguments fault(String name, String shown, String file, String text, String by) {
        return Arguments.arguments(new PlantedFault(name, file, text, by), this, shown);
    }

    /**
     * Fails unless one of the schedules shows the fault. It looks for it in another JVM: Lincheck wants the tested classes
     * from the loader of the application.
     *
     * @param classes an empty directory
     */
    public void find(PlantedFault fault, String shown, Path classes) throws IOException {
        fault.write(classes);
        Map<String, String> asked = Map.of(
                "schedules.tested", tested.getName(),
                "schedules", String.valueOf(MANY),
                "schedules.threads", String.join(";", threads),
                "log4j2.simplelogLevel", "OFF");
        StringBuilder found = new StringBuilder();
        try (ChildJvm child = ChildJvm.startWith(classes, Schedules.class, asked)) {
            for (String line = child.line(); line != null; line = child.line()) {
                found.append(line).append('\n');
            }
        }
        assertThat(found.toString()).as(fault.name()).contains(shown);
    }

    public static void main(String[] none) throws ClassNotFoundException {
        Class<?> tested = Class.forName(System.getProperty("schedules.tested"));
        List<String> threads = List.of(System.getProperty("schedules.threads").split(";"));
        try {
            new Schedules(tested, threads).explore();
        } catch (LincheckAssertionError e) {
            System.out.println(e.getMessage());
        }
        System.exit(0);
    }

    public static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
