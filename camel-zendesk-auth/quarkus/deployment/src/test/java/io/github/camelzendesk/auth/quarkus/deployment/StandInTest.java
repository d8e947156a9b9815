package io.github.camelzendesk.auth.quarkus.deployment;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StandInTest {
    @AfterEach
    void endIt() {
        StandIn.end();
    }

    @Test
    void aReloadSharesTheOneThatRuns() {
        StandIn first = StandIn.shared();

        assertThat(StandIn.shared()).isSameAs(first);
        assertThat(StandIn.shared().properties()).isEqualTo(first.properties());
    }

    @Test
    void nothingAnswersAfterTheEnd() throws Exception {
        String url = StandIn.shared().url();
        assertThat(status(url)).isEqualTo(401);

        StandIn.end();

        assertThatThrownBy(() -> status(url)).isInstanceOf(ConnectException.class);
    }

    @Test
    void afterTheEndComesAnother() {
        StandIn first = StandIn.shared();
        StandIn.end();

        assertThat(StandIn.shared()).isNotSameAs(first);
    }

    private static int status(String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/api/v2/tickets.json")).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
