package io.github.camelzendesk.auth.model;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docs/model.adoc} says: the rotation holds, and each fault that the engine once had is found. */
class RotationModelTest {
    @ParameterizedTest
    @ValueSource(strings = {"File", "Database", "Robot", "Clocks", "Code", "Liveness"})
    void theRotationHoldsInEachHistory(String configuration) throws Exception {
        Tlc run = Tlc.check(configuration);

        assertThat(run.holds()).as(run.output()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SoakLiveness",
                "SoakPauses",
                "SoakDatabase",
                "SoakFile",
                "SoakOperator",
                "SoakFaults",
                "SoakCode"
            })
    @EnabledIfSystemProperty(named = "model.soak", matches = "true")
    void theRotationHoldsInEachHistoryOfThreeProcessesAndOfMoreFaults(String configuration) throws Exception {
        theRotationHoldsInEachHistory(configuration);
    }

    /** Fault 1. */
    @Test
    void aRecordThatDoesNotNameItsKindOfCredentialsHasARobotActAsAPerson() throws Exception {
        assertThatTlcFinds("NobodyActsAsAnother", "OneRecord", "RobotAsks");
    }

    /** Fault 2. */
    @Test
    void anAgeByTheClockThatStampedATokenReplacesFreshTokens() throws Exception {
        assertThatTlcFinds("NoFreshTokenIsReplaced", "WallClock", "LandGranted", "Decide");
    }

    /** Fault 3. */
    @Test
    void configuredTokensThatAreStoredUnaskedReplaceALivingGrant() throws Exception {
        assertThatTlcFinds("NoGrantIsOverwritten", "ConfigOverGrant", "Restart", "Decide");
    }

    /** Fault 5. */
    @Test
    void whatGoesWithItsContextHasAUsedTokenPresentedAgain() throws Exception {
        assertThatTlcFinds("NoTokenIsReplayed", "ForgetfulLedger", "LandGranted", "Restart", "Present");
    }

    /** Fault 8. */
    @Test
    void aCodeThatWaitsForALoginNobodyCanFinishExpires() throws Exception {
        assertThatTlcFinds("NoCodeIsWasted", "CodeWaits", "PasteCode", "CodeExpires");
    }

    @Test
    @EnabledIfSystemProperty(named = "model.soak", matches = "true")
    void aNoteInThePlaceOfAnotherTokensHasALossCalledARevocation() throws Exception {
        assertThatTlcFinds("EveryLossIsNamed", "OneNote", "Crash", "Crash", "LandRefused");
    }

    @Test
    @EnabledIfSystemProperty(named = "model.soak", matches = "true")
    void whatIsUnsavedReplacesALaterGrantOfTheSameGeneration() throws Exception {
        assertThatTlcFinds("NoGrantIsOverwritten", "UnsavedFirst", "LoseLock", "Pause", "SaveNow");
    }

    /** @param actions that occur in the counterexample, in this order */
    private static void assertThatTlcFinds(String invariant, String configuration, String... actions) throws Exception {
        Tlc run = Tlc.check(configuration);

        assertThat(run.violated()).as(run.output()).isEqualTo(invariant);
        assertThat(run.steps())
                .as(run.output())
                .containsSubsequence(Stream.of(actions).toList());
    }
}
