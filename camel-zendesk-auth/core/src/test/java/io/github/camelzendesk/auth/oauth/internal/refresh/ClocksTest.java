package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

/** Two processes of one grant whose clocks differ. */
class ClocksTest {
    @ParameterizedTest
    @CsvSource({
        "1800, 0.4",
        "1800, -0.4",
        "1800, 240",
        "1800, -240",
        "1800, 2700",
        "1800, -2700",
        "1800, 7200",
        "1800, -7200",
        "300, 0.4",
        "300, 240",
        "300, -240",
        "300, 2700",
        "300, -7200"
    })
    void twoProcessesWhoseClocksDifferRotateAsOftenAsTwoThatAgree(long lifetime, double skewSeconds) {
        EngineFixture first = new EngineFixture();
        EngineFixture second = new EngineFixture();

        SkewedClocks.rotateAsOftenAsClocksThatAgree(
                Duration.ofSeconds(lifetime),
                Duration.ofMillis((long) (skewSeconds * 1000)),
                place -> place == 1 ? first : second);
    }

    @ParameterizedTest
    @CsvSource({
        "file, 0.4", "file, 240", "file, -240", "file, 2700", "file, -7200",
        "memory, 0.4", "memory, 240", "memory, -240", "memory, 2700", "memory, -7200"
    })
    void theSameThroughFilesAndMemory(String kind, double skewSeconds, @TempDir Path folder) {
        SkewedClocks.rotateAsOftenAsClocksThatAgree(
                Duration.ofMinutes(5),
                Duration.ofMillis((long) (skewSeconds * 1000)),
                place -> SettingsStores.open(
                        kind.equals("file") ? folder.resolve(place + ".json").toString() : "memory:" + folder + place,
                        "acme",
                        SkewedClocks.codec(),
                        null));
    }

    @Test
    void aDifferenceOfMoreThanAMinuteIsWarnedOfOnceWithBothTimesAndTheRemedy() {
        EngineFixture store = new EngineFixture();
        SkewedClocks.rotations("warned-clocks", Duration.ofMinutes(30), Duration.ofMinutes(45), store, store);

        assertThat(TestLog.lines("WARN", "warned-clocks"))
                .filteredOn(line -> line.contains("NTP"))
                .as("one for each process at the most")
                .hasSizeBetween(1, 2)
                .allMatch(line -> line.contains("2026-11-24T10:00:00.200Z") || line.contains("2026-11-24T10:45:00"));
    }
}
