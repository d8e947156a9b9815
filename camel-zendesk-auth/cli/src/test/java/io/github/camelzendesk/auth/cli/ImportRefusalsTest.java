package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImportRefusalsTest {
    private static final String DRIVER =
            "jdbc:zendesk:URL=https://acme.zendesk.com;OAuthClientId=desk-tool;" + "OAuthClientSecret=sample-secret;";

    @TempDir
    private Path home;

    private MigrateShell shell;

    @BeforeEach
    void open() {
        shell = new MigrateShell(home);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "jdbc:postgresql://u:sample-secret@db/x | is the connection string of another driver",
                "jdbc:zendesk:URL=acme;Password='sample-secret | after 1 pair comes what is no Name=Value pair",
                "jdbc:zendesk:URL=acme;sample-secret;User=x | after 1 pair comes what is no Name=Value pair",
                "jdbc:zendesk:URL=acme;User=x;User=y | sets one name twice",
                "jdbc:zendesk:User=x;Password=sample-secret; | names no account: add URL=",
                "jdbc:zendesk:URL=acme;User=a@b.example; | neither password nor apiToken is",
                "jdbc:zendesk:URL=acme;AuthScheme=sample-secret; | The option authScheme must be one of",
                "jdbc:zendesk:URL=http://sample.example;ApiToken=sample-secret;User=u | url must begin with https://",
                "colour=red | colour names no option",
                "slack.token=sample-secret | token names no option",
                "acme.colour=sample-secret | colour names no option",
                "` ` | describes no connection",
                "acme.url=\\u12 | is no properties file",
            })
    void saysWhatIsWrongWithASourceWithoutQuotingIt(String text, String message) throws IOException {
        MigrateShell.Result result = run("import", file("source.txt", text));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains(message)
                .doesNotContain("sample-secret")
                .hasLineCount(1);
        assertThat(shell.connections).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "a: b: c", "- \"x"})
    void saysThatAFileIsNoYAMLWithoutQuotingIt(String text) throws IOException {
        MigrateShell.Result result = run("import", file("application.yaml", "sample-secret: x\n" + text));
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("application.yaml is no YAML").doesNotContain("sample-secret");
    }

    @Test
    void saysWhatIsWrongWithItsArguments() throws IOException {
        assertThat(run("import").err()).contains("Say what to import: a file, - for the standard input, or");
        assertThat(run("import", "--from-environment", "x").err()).contains("one of them");
        assertThat(run("import", DRIVER).err())
                .contains("cannot be read", "Give the path of a file")
                .doesNotContain("sample");
        assertThat(run("import", "--from-environment").err()).contains("There is no connection");
        Path application = home.resolve("connections.properties");
        Files.writeString(application, "camel.component.zendesk-auth.url=acme\n");
        assertThat(run("import", file("driver.txt", DRIVER)).err()).contains("is the configuration of an application");
    }

    private MigrateShell.Result run(String... arguments) {
        return shell.runHere(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }
}
