package io.github.camelzendesk.auth.jdbc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

class ToldVersionsTest {
    private final NotifiedVersions versions = new NotifiedVersions();

    @Test
    void aRowOfWhichNobodyWasToldIsAnother() {
        assertThat(versions.changed(List.of("a", "absent"), Map.of("a", 3L))).containsExactly("a", "absent");
    }

    @Test
    void afterASilenceOnlyWhatHasChangedIsAnother() {
        versions.changed(List.of("a", "b", "c", "gone"), Map.of("a", 1L, "b", 1L, "gone", 1L));
        versions.tell("b", "2");

        assertThat(versions.changed(List.of("a", "b", "c", "gone"), Map.of("a", 1L, "b", 2L, "c", 1L)))
                .containsExactly("c", "gone");
    }

    @Test
    void whatWasReadCountsOneLookLater() {
        versions.read(Map.of("a", 1L));
        versions.read(Map.of("b", 1L));

        // The news of b may have been on its way when the connection was lost.
        assertThat(versions.changed(List.of("a", "b"), Map.of("a", 1L, "b", 1L)))
                .containsExactly("b");
    }

    @Test
    void whatCountedNeverAfterOneSilenceDoesNotCountAfterTheNext() {
        versions.read(Map.of("a", 7L));
        versions.changed(List.of("a"), Map.of("a", 8L));
        versions.read(Map.of());

        assertThat(versions.changed(List.of("a"), Map.of("a", 8L))).isEmpty();
    }

    @Test
    void aMessageOfSomebodyElseLeavesTheRowInDoubt() {
        versions.changed(List.of("a"), Map.of("a", 1L));
        versions.tell("a", "a");

        assertThat(versions.changed(List.of("a"), Map.of("a", 1L))).containsExactly("a");
    }

    /** A moment, where it would be minutes if each row were compared with each other one. */
    @Test
    @Timeout(120)
    void twoHundredThousandRowsAreComparedInAMoment() {
        Map<String, Long> rows = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            rows.put("tenant-" + i + "@tenant-" + i + ".zendesk.com", 1L);
        }
        List<String> keys = List.copyOf(rows.keySet());
        versions.changed(keys, rows);

        assertThat(versions.changed(keys, rows)).isEmpty();
    }

    @Test
    void aRowForWhichNobodyWaitsIsForgotten() {
        versions.changed(List.of("a"), Map.of("a", 1L));
        versions.changed(List.of(), Map.of());

        assertThat(versions.changed(List.of("a"), Map.of("a", 1L))).containsExactly("a");
    }
}
