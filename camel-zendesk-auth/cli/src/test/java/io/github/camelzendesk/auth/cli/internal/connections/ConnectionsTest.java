package io.github.camelzendesk.auth.cli.internal.connections;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConnectionsTest {
    @TempDir
    private Path folder;

    @Test
    void aVariableThatIsNotSetIsNoMatterToOtherConnections() {
        Connections file = parse("acme.url=acme\nother.url=globex\nother.oauthClientSecret={{env:UNSET}}\n");
        assertThat(file.find("acme").orElseThrow().options().find(Options.URL)).isEqualTo("acme");
        assertThat(file.names()).containsExactly("acme", "other");
        assertThatThrownBy(() -> file.find("other"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("UNSET");
    }

    @Test
    void whatAConnectionSaysCountsInPlaceOfWhatAllSayHoweverItIsSpelled() {
        Connections file = parse("access-token-lifetime=10m\nacme.url=acme\nacme.ACCESS_TOKEN_LIFETIME=20m\n");
        assertThat(file.find("acme").orElseThrow().options().find(Options.ACCESS_TOKEN_LIFETIME))
                .isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void writesWhatItReadsAgainWhateverIsInANameOrAValue() throws Exception {
        Path file = folder.resolve("connections.properties");
        ConnectionsEditor editor = new ConnectionsEditor(file);
        for (String value : new String[] {"c:\\new", "a=b:c#d!e", "größer", "a\tb", "x\\"}) {
            editor.put(new NamedConnection(
                    "büro.eu", ConnectionOptions.NONE.with(Options.URL, "acme").with(Options.SCOPE, value)));
            assertThat(read(file).options().find(Options.SCOPE)).isEqualTo(value);
        }
        assertThat(Files.readAllLines(file)).as("each replaced the one before").hasSize(3);
    }

    @Test
    void changesSomeOptionsOfAConnectionAndLeavesTheOtherLinesAsTheyAre() throws Exception {
        Path file = Files.writeString(
                folder.resolve("connections.properties"),
                "# a\nacme.url = {{env:X}}\nacme.api-token=t\\\n  u\nacme.eu.apiToken=v\nacme.scope: read\n");
        new ConnectionsEditor(file)
                .change(
                        "acme",
                        Set.of(Options.API_TOKEN),
                        new NamedConnection("acme", ConnectionOptions.NONE.with(Options.SCOPE, "write")));
        assertThat(Files.readString(file))
                .isEqualTo("# a\nacme.url = {{env:X}}\nacme.eu.apiToken=v\nacme.scope=write\n");
    }

    @Test
    void readsTheYAMLOfAnApplicationAndLeavesItAsItIs() throws Exception {
        String text = "camel.component.zendesk-auth:\n  connections:\n    acme:\n      url: acme\n";
        Path file = Files.writeString(folder.resolve("application.yml"), text);
        assertThat(Connections.read(file, Map.of())
                        .find("acme")
                        .orElseThrow()
                        .options()
                        .find(Options.URL))
                .isEqualTo("acme");
        assertThatThrownBy(() -> new ConnectionsEditor(file).remove("acme"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("is the configuration of an application, which is only read");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    private static NamedConnection read(Path file) {
        return Connections.read(file, Map.of()).find("büro.eu").orElseThrow();
    }

    private static Connections parse(String text) {
        return Connections.parse(text, "a.properties", Map.of());
    }
}
