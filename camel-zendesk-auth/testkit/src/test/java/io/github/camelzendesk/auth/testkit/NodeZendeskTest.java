package io.github.camelzendesk.auth.testkit;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/** node-zendesk believes the stand-in. The profile {@code clients} fetches it, and names the folder that it is in. */
@EnabledIfSystemProperty(named = "node.modules", matches = ".+", disabledReason = "the profile clients is off")
class NodeZendeskTest {
    @Test
    void nodeZendeskCreatesListsThreePagesUpdatesDeletesSearchesAndCounts() throws Exception {
        try (ZendeskServer zendesk = ZendeskServer.start();
                ControlServer control = new ControlServer(0, new Control(zendesk))) {
            zendesk.confidentialClient("node");
            Path script = Path.of(
                    NodeZendeskTest.class.getResource("/node-zendesk.cjs").toURI());
            ProcessBuilder node = new ProcessBuilder("node", script.toString(), zendesk.url(), control.url());
            node.environment().put("NODE_PATH", new File(System.getProperty("node.modules")).getAbsolutePath());
            Process process = node.redirectErrorStream(true).start();

            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output.lines().filter(line -> line.startsWith("ok "))).hasSize(4);
        }
    }
}
