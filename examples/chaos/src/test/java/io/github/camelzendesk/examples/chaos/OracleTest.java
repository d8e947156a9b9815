package io.github.camelzendesk.examples.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A run can only show something if its judge can find fault. */
@ExtendWith(ZendeskExtension.class)
class OracleTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private ZendeskServer zendesk;
    private Oracle oracle;
    private Person ann;
    private String token;

    @BeforeEach
    void issue(ZendeskServer server) throws Exception {
        zendesk = server;
        oracle = new Oracle(zendesk, false);
        ann = new Person("ann", zendesk, new Store.Files(directory));
        RegisteredClient client = zendesk.client(ann.clientId);
        token = zendesk.issue(client, "read write").refreshToken();
    }

    @Test
    void aRefreshTokenThatIsPresentedOnceIsNoViolation() throws Exception {
        present(1);
        assertThat(oracle.counts().violations()).isEmpty();
        assertThat(oracle.counts().spends()).isEqualTo(1);
    }

    @Test
    void aRefreshTokenThatIsPresentedTwiceWithoutAFaultIsAViolation() throws Exception {
        present(1);
        present(2);
        assertThat(oracle.counts().replays()).isEqualTo(1);
        assertThat(oracle.counts().violations()).singleElement().asString().contains("no fault explains");
    }

    @Test
    void aFaultOfAnotherProcessExplainsNothing() throws Exception {
        present(1);
        oracle.begins(fault(2, Fault.Kind.KILLED));
        present(2);
        assertThat(oracle.counts().violations()).hasSize(1);
    }

    @Test
    void aFaultThatWasOverBeforeExplainsNothing() throws Exception {
        Fault killed = fault(1, Fault.Kind.KILLED);
        oracle.begins(killed);
        oracle.ends(killed);
        zendesk.advance(Duration.ofSeconds(2));
        present(1);
        present(2);
        assertThat(oracle.counts().violations()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED", "REFUSED", "SILENT", "REQUEST_LOST", "ANSWER_LOST"})
    void anAnswerThatAFaultTookExplainsTheNextTryAndTheLoss(Fault.Kind kind) throws Exception {
        present(1);
        oracle.begins(fault(1, kind));
        present(2);
        assertThat(oracle.lost(ann, 1, "RESPONSE_LOST").cause()).isEqualTo("process 1: " + kind.text);
        assertThat(oracle.counts().violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"KILLED", "REFUSED", "SILENT", "REQUEST_LOST", "ANSWER_LOST"})
    void aStopAFullDiskALostSessionAWrongClockAndARestartCostNoGrant(Fault.Kind kind) throws Exception {
        present(1);
        oracle.begins(fault(1, kind));
        oracle.lost(ann, 1, "RESPONSE_LOST");
        assertThat(oracle.counts().violations()).hasSize(1);
    }

    @Test
    void aGrantThatAnAdministratorEndsIsRefusedAndNothingElse() {
        oracle.begins(fault(1, Fault.Kind.REVOKED));
        oracle.lost(ann, 1, "REFUSED");
        assertThat(oracle.counts().violations()).isEmpty();
        oracle.lost(ann, 1, "RESPONSE_LOST");
        assertThat(oracle.counts().violations()).hasSize(1);
    }

    @Test
    void theAdministratorAndThePersonDoWhatTheyAreFor() throws Exception {
        ann.logIn();
        assertThat(ann.loss()).isNull();
        ann.revoke();
        assertThat(zendesk.liveRefreshTokens()).isEmpty();
    }

    private static Fault fault(int target, Fault.Kind kind) {
        return new Fault(0, target, kind, 1000, 0);
    }

    private void present(int process) throws Exception {
        RegisteredClient client = zendesk.client(ann.clientId);
        String form = "grant_type=refresh_token&client_id=" + client.identifier() + "&client_secret=" + client.secret()
                + "&refresh_token=" + token;
        HttpRequest request = HttpRequest.newBuilder(URI.create(zendesk.url() + "/oauth/tokens?process=" + process))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        HTTP.send(request, BodyHandlers.discarding());
    }
}
