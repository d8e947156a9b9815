package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is stopped, as by a suspended machine or a frozen container, for longer than an exchange may take. Its
 * twenty grants are at as many moments of their renewals then. {@code -Psoak} stops it ten times.
 */
@ExtendWith(ZendeskExtension.class)
class PausedProcessTest {
    private static final int PAUSES = Integer.getInteger("rig.pauses", 1);
    private static final int GRANTS = 20;
    private static final int SENT = 12;
    private static final TokenFault LATE = TokenFault.delay(Duration.ofMillis(250));
    private static final Duration PAUSE = Pausing.EXCHANGE.plusMillis(300);

    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private RegisteredClient client;

    @BeforeEach
    void register(ZendeskServer server) {
        zendesk = server;
        client = zendesk.confidentialClient("app");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGSTOP")
    void r8_aProcessThatIsStoppedAtAnyMomentForLongerThanAnExchangeMayTakeLosesNoGrant() throws Exception {
        try (ChildJvm child = ChildJvm.start(Pausing.class, properties())) {
            assertThat(child.line()).isEqualTo("ready");
            zendesk.always(LATE);
            for (int pause = 0; pause < PAUSES; pause++) {
                List<String> outcomes = renewedWithAPause(child);
                long lost = outcomes.stream().filter(said -> !said.equals("ok")).count();
                assertThat(lost).as("lost of %d: %s", GRANTS, outcomes).isZero();
            }
        }
        System.out.printf("%d renewals around %d pauses: no grant lost%n", GRANTS * PAUSES, PAUSES);
        assertThat(zendesk.tokenRequests())
                .hasSize(GRANTS + GRANTS * PAUSES)
                .extracting(seen -> seen.parameter("refresh_token"))
                .doesNotHaveDuplicates();
    }

    private List<String> renewedWithAPause(ChildJvm child) throws Exception {
        int before = zendesk.tokenRequestCount();
        child.tell("renew");
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> zendesk.tokenRequestCount() - before >= SENT);
        child.stop();
        LockSupport.parkNanos(PAUSE.toNanos());
        child.goOn();
        List<String> outcomes = new ArrayList<>();
        for (int grant = 0; grant < GRANTS; grant++) {
            outcomes.add(child.line());
        }
        return outcomes;
    }

    private Map<String, String> properties() {
        String refreshTokens = Stream.generate(() -> zendesk.issue(client, "read write"))
                .limit(GRANTS)
                .map(pair -> pair.refreshToken())
                .collect(Collectors.joining(","));
        return Map.of(
                "rig.url", zendesk.url(),
                "rig.client", client.identifier(),
                "rig.secret", client.secret(),
                "rig.directory", directory.toString(),
                "rig.refreshTokens", refreshTokens);
    }
}
