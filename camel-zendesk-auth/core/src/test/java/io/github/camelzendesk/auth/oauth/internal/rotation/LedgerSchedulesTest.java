package io.github.camelzendesk.auth.oauth.internal.rotation;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.internal.engine.Schedules;
import io.github.camelzendesk.auth.simulation.PlantedFault;

/** Managers of one store and its ledger, under thread schedules that Lincheck chooses. */
@Tag("schedules")
public class LedgerSchedulesTest {
    private static final String FILE = "oauth/internal/rotation/Ledger";
    private static final Schedules COME = new Schedules(ScheduledManagers.class, "come", "come");
    private static final Schedules COME_AND_GO = new Schedules(ScheduledManagers.class, "comeAndGo", "come");
    private static final Schedules ROTATE = new Schedules(ScheduledManagers.Unsaved.class, "rotate", "rotate");
    private static final Schedules NO_SPACE =
            new Schedules(ScheduledManagers.Unsaved.class, "timeGoesBy", "rotateWithoutSpace");

    @Test
    void managersThatComeAtOnceShareOneLedger() {
        COME.explore();
    }

    @Test
    void aManagerThatComesAsTheLastOneGoesSharesItsLedgerWithTheNext() {
        COME_AND_GO.explore();
    }

    @Test
    void twoManagersNeverPresentTheSameToken() {
        ROTATE.explore();
    }

    @Test
    void oneLoopGoesOnUntilWhateverFailedIsSaved() {
        NO_SPACE.explore();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                COME.fault(
                        "a ledger is looked up, and then made",
                        "two ledgers of one store",
                        FILE,
                        "        return ALL.compute(store.identity(), (identity, present) -> {\n"
                                + "            Ledger ledger = present == null ? new Ledger(identity) : present;\n"
                                + "            ledger.users.add(whenSaved);\n"
                                + "            return ledger;\n"
                                + "        });\n",
                        "        Ledger present = ALL.get(store.identity());\n"
                                + "        Ledger ledger = present == null ? new Ledger(store.identity()) : present;\n"
                                + "        ledger.users.add(whenSaved);\n"
                                + "        ALL.put(store.identity(), ledger);\n"
                                + "        return ledger;\n"),
                COME_AND_GO.fault(
                        "a ledger is found idle, and then forgotten",
                        "two ledgers of one store",
                        FILE,
                        "        ALL.computeIfPresent(\n"
                                + "                identity, (key, present) -> present.users.isEmpty() && !present.isDirty() ? null : present);\n",
                        "        if (users.isEmpty() && !isDirty()) {\n"
                                + "            ALL.remove(identity);\n"
                                + "        }\n"),
                ROTATE.fault(
                        "two take one lock that was kept",
                        "the lock of the store is kept",
                        FILE,
                        "RetainedLock mine = retained.getAndSet(null);",
                        "RetainedLock mine = retained.get();\n        retained.set(null);"),
                NO_SPACE.fault(
                        "what is unsaved is read before the lock is taken",
                        "the latest tokens are lost",
                        FILE,
                        "                saveLatest(transaction);\n",
                        "                OAuthSettings newest = outranking(latest, transaction.load().orElse(null));\n"
                                + "                if (newest == null) {\n"
                                + "                    remember(null);\n"
                                + "                } else {\n"
                                + "                    save(transaction, newest);\n"
                                + "                }\n"),
                NO_SPACE.fault(
                        "whether a loop is planned is asked, and then one is",
                        "two loops",
                        FILE,
                        "!planned.compareAndSet(false, true)",
                        "planned.get() || planned.getAndSet(true) && false"),
                NO_SPACE.fault(
                        "the loop ends without a look at what came meanwhile",
                        "the latest tokens are lost",
                        FILE,
                        "        planned.set(false);\n"
                                + "        saveNow();\n"
                                + "        failures = isDirty() ? failures + 1 : 0;\n"
                                + "        plan();\n",
                        "        saveNow();\n"
                                + "        boolean again = isDirty();\n"
                                + "        planned.set(false);\n"
                                + "        if (again) {\n"
                                + "            plan();\n"
                                + "        }\n"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFound(PlantedFault fault, Schedules schedules, String shown, @TempDir Path classes)
            throws Exception {
        schedules.find(fault, shown, classes);
    }
}
