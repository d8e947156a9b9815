package io.github.camelzendesk.auth.kubernetes;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.camelzendesk.auth.kubernetes.internal.lease.LeaseTiming;
import io.github.camelzendesk.auth.oauth.internal.refresh.SkewedClocks;

class SkewedClocksTest {
    @ParameterizedTest
    @ValueSource(longs = {400, -240_000, 2_700_000})
    void twoProcessesWhoseClocksDifferRotateAsOftenAsTwoThatAgree(long skewMillis) {
        try (ApiServer api = new ApiServer();
                KubernetesClient client = api.client()) {
            api.create(ApiServer.NAMESPACE, "place-1");
            api.create(ApiServer.NAMESPACE, "place-2");

            SkewedClocks.rotateAsOftenAsClocksThatAgree(
                    Duration.ofMinutes(5),
                    Duration.ofMillis(skewMillis),
                    place -> Rig.store(
                            client,
                            "place-" + place,
                            Rig.NAME,
                            SkewedClocks.codec(),
                            new LeaseTiming(Rig.LEASE, System::nanoTime)));
        }
    }
}
