package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The packaged command with its own driver of a database. */
@ExtendWith(ZendeskExtension.class)
class DatabaseIT {
    @TempDir
    Path home;

    @Test
    void tokensInPostgresqlAreSharedByCommandsAndThePasswordIsNotShown(ZendeskServer zendesk) throws Exception {
        assumeTrue(
                LocalPostgres.programs().isPresent(),
                "PostgreSQL is not here: install the package postgresql to run this test");
        Postgres database = new Postgres();
        Launcher command = new Launcher(home).robot(zendesk, zendesk.confidentialClient("database"), home);
        command.environment.put("ZENDESK_OAUTH_SETTINGS_LOCATION", database.url());

        String first = command.run("zendesk-auth token");
        String second = command.run("zendesk-auth token; zendesk-auth status; zendesk-auth connections --json");

        assertThat(zendesk.isLive(first)).as(first).isTrue();
        assertThat(second).contains(first, "READY", "jdbc:postgresql").doesNotContain(LocalPostgres.PASSWORD);
        assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
    }

    private static final class Postgres extends LocalPostgres {
        Postgres() throws IOException, InterruptedException {
            super(programs().orElseThrow());
        }
    }
}
