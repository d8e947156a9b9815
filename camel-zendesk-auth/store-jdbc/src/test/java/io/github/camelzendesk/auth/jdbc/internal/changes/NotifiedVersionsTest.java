package io.github.camelzendesk.auth.jdbc.internal.changes;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class NotifiedVersionsTest {
    private final NotifiedVersions versions = new NotifiedVersions();

    @Test
    void aRowOfWhichNobodyWasToldIsAnother() {
        assertThat(versions.changed(Map.of("a", 3L, "absent", 0L))).containsExactlyInAnyOrder("a", "absent");
    }

    @Test
    void afterASilenceOnlyWhatHasChangedIsAnother() {
        versions.changed(Map.of("a", 1L, "b", 1L, "c", 0L, "gone", 1L));
        versions.tell("b", "2");

        assertThat(versions.changed(Map.of("a", 1L, "b", 2L, "c", 1L, "gone", 0L)))
                .containsExactlyInAnyOrder("c", "gone");
    }

    @Test
    void whatWasReadCountsOneLookLater() {
        versions.read(Map.of("a", 1L));
        versions.read(Map.of("b", 1L));

        // The news of b may have been on its way when the connection was lost.
        assertThat(versions.changed(Map.of("a", 1L, "b", 1L))).containsExactly("b");
    }

    @Test
    void whatCountedNeverAfterOneSilenceDoesNotCountAfterTheNext() {
        versions.read(Map.of("a", 7L));
        versions.changed(Map.of("a", 8L));
        versions.read(Map.of());

        assertThat(versions.changed(Map.of("a", 8L))).isEmpty();
    }

    @Test
    void aMessageOfSomebodyElseLeavesTheRowInDoubt() {
        versions.changed(Map.of("a", 1L));
        versions.tell("a", "a");

        assertThat(versions.changed(Map.of("a", 1L))).containsExactly("a");
    }

    /** A moment, where it would be minutes if each row were compared with each other one. */
    @Test
    @Timeout(120)
    void twoHundredThousandRowsAreComparedInAMoment() {
        Map<String, Long> rows = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            rows.put("tenant-" + i + "@tenant-" + i + ".zendesk.com", 1L);
        }
        versions.changed(rows);

        assertThat(versions.changed(rows)).isEmpty();
    }

    @Test
    void aRowForWhichNobodyWaitsIsForgotten() {
        versions.changed(Map.of("a", 1L));
        versions.changed(Map.of());

        assertThat(versions.changed(Map.of("a", 1L))).containsExactly("a");
    }
}
