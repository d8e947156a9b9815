package io.github.camelzendesk.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.IssuedSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** The story on the stand-in, told once: tokens really run out in it, which takes its time. */
class QuickstartStoryTest {
    @TempDir
    private static Path folder;

    private static String output;

    @BeforeAll
    static void tellTheStory() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream systemOut = System.out;
        System.setOut(out); // the component's log goes there, and may hold no secret either
        try (StandIn standIn = StandIn.start(folder)) {
            Quickstart.onTheStandIn(standIn, standIn.simulatedPerson(), out);
        } finally {
            System.setOut(systemOut);
        }
        output = bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPersonLogsInAndTheTicketsCome() {
        assertThat(output)
                .containsSubsequence(
                        "Log in to Zendesk within",
                        "(authorization_code, generation 1,",
                        "My printer is on fire | Where is my order?",
                        "Status: READY, generation 1",
                        "Token requests so far: 1.");
    }

    @Test
    void aRefreshKillsTheOldTokenAndTheRouteGoesOn() {
        assertThat(between("3. ", "4. "))
                .containsSubsequence(
                        "Before: READY, generation 1",
                        "After : READY, generation 2",
                        "stand-in answers 401",
                        "My printer is on fire");
    }

    @Test
    void aTokenWhoseTimeRunsOutIsRenewedByItself() {
        assertThat(between("4. ", "5. "))
                .containsSubsequence(
                        "Waiting, without a call", "After : ", "stand-in answers 401", "My printer is on fire");
    }

    @Test
    void aTokenThatExpiredMeanwhileIsReplacedAtTheNextCall() {
        assertThat(between("5. ", "6. "))
                .containsSubsequence("stand-in answers 401", "Before: IDLE", "My printer is on fire", "After : READY");
    }

    @Test
    void theSettingsFileIsShownWithoutItsSecrets() throws Exception {
        assertThat(between("6. ", "7. "))
                .contains("Path: " + folder.toRealPath().resolve("settings.json"))
                .contains("client_id: quickstart", "access_token: ****", "refresh_token: ****");
    }

    @Test
    void theRestartCostsNoTokenRequestAndNothingWasReused() {
        assertThat(between("7. ", "8. ")).contains("Token requests since the start: 0.");
        assertThat(generations(between("7. ", "8. ")))
                .as("before and after the restart")
                .hasSize(1);
        assertThat(output).contains("Reuses of a spent refresh token: 0.");
    }

    @Test
    void noSecretOfTheStandInIsInTheOutput() {
        assertThat(IssuedSecrets.all()).isNotEmpty();
        assertThat(output).doesNotContain(IssuedSecrets.all());
    }

    private static String between(String start, String end) {
        return output.substring(output.indexOf("\n" + start), output.indexOf("\n" + end));
    }

    private static Set<String> generations(String text) {
        return Pattern.compile("generation \\d+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
