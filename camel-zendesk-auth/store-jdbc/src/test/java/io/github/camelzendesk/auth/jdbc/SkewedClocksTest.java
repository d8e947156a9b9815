package io.github.camelzendesk.auth.jdbc;

import java.time.Duration;
import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.internal.refresh.SkewedClocks;
import io.github.camelzendesk.auth.settings.SettingsStores;

class SkewedClocksTest {
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(longs = {400, -240_000, 2_700_000})
    void twoProcessesWhoseClocksDifferRotateAsOftenAsTwoThatAgree(long skewMillis) {
        SkewedClocks.rotateAsOftenAsClocksThatAgree(
                Duration.ofMinutes(5),
                Duration.ofMillis(skewMillis),
                place -> SettingsStores.open(
                        database + place + ";DB_CLOSE_DELAY=-1", "acme", SkewedClocks.codec(), null));
    }
}
