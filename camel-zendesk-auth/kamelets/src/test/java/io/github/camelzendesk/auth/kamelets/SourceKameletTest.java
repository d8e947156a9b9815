package io.github.camelzendesk.auth.kamelets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, LogScanner.class})
class SourceKameletTest {
    @TempDir
    Path folder;

    private ZendeskServer zendesk;
    private Map<String, String> properties;

    @BeforeEach
    void anAccountThatTellsAtOnce(ZendeskServer zendesk) {
        this.zendesk = zendesk;
        zendesk.exportDelay(Duration.ZERO);
        zendesk.exportLimit(10_000);
        properties = Application.service("zendesk-source", zendesk);
        parameter("cursorDirectory", folder.toString());
        parameter("startTime", "0");
        parameter("delay", "50");
    }

    @Test
    void newAndUpdatedTicketsArriveAsJson() {
        try (Application application = new Application("source", properties)) {
            await(application, 2);
            zendesk.updateTicket(1, "solved");
            zendesk.createTicket("Third");
            await(application, 4);

            assertThat(application.received.bodies.get(2)).contains("\"id\":1", "\"status\":\"solved\"");
            assertThat(application.received.bodies.get(3)).contains("\"subject\":\"Third\"");
        }
    }

    private void parameter(String name, String value) {
        Application.parameter(properties, "zendesk-source", name, value);
    }

    private static void await(Application application, int count) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> application.received.bodies.size() >= count);
    }
}
