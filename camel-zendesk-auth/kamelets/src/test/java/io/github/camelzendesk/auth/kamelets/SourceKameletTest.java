package io.github.camelzendesk.auth.kamelets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.Endpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ApiRequestSeen;
import io.github.camelzendesk.auth.testkit.IssuedSecrets;
import io.github.camelzendesk.auth.testkit.SecretLeakExtension;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith({ZendeskExtension.class, SecretLeakExtension.class})
class SourceKameletTest {
    private static final String EXPORT = "/api/v2/incremental/tickets/cursor.json";

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
        parameter("delay", "200");
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

    @Test
    void aPageIsAskedForAfterTheOther() throws Exception {
        parameter("pageSize", "1");
        try (Application application = new Application("source", properties)) {
            await(application, 2);
            awaitCursor();

            assertThat(application.received.bodies.get(0)).contains("\"id\":1");
            assertThat(application.received.bodies.get(1)).contains("\"id\":2");
        }
    }

    @Test
    void theCursorIsKeptOverARestart() throws Exception {
        try (Application application = new Application("source", properties)) {
            await(application, 2);
            awaitCursor();
        }
        zendesk.createTicket("While it was down");

        try (Application application = new Application("source", properties)) {
            await(application, 1);

            assertThat(application.received.bodies).singleElement().asString().contains("While it was down");
        }
    }

    @Test
    void withoutADirectoryTheCursorIsKeptWithTheTokens() throws Exception {
        Path settings = folder.resolve("settings.json");
        properties.remove("camel.kamelet.zendesk-source.cursorDirectory");
        parameter("oauthSettingsLocation", settings.toString());
        try (Application application = new Application("source", properties)) {
            await(application, 2);
            Application.await().until(() -> Files.readString(settings).contains("\"cursor="));
        }
        zendesk.createTicket("While it was down");

        try (Application application = new Application("source", properties)) {
            await(application, 1);

            assertThat(application.received.bodies).singleElement().asString().contains("While it was down");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.contains("settings.json"));
        }
    }

    @Test
    void aTicketThatFailsKeepsTheCursorAndComesAgain() throws Exception {
        try (Application application = new Application("source", properties)) {
            await(application, 2);
            awaitCursor();
        }
        String cursor = Files.readString(cursorFile());
        zendesk.createTicket("Good");
        zendesk.createTicket("Bad");
        zendesk.createTicket("Last");
        AtomicInteger failures = new AtomicInteger();

        try (Application application = new Application("source", properties, exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("Bad") && failures.incrementAndGet() <= 2) {
                assertThat(Files.readString(cursorFile())).isEqualTo(cursor);
                throw new IllegalStateException("The database is away");
            }
        })) {
            await(application, 5);

            assertThat(application.received.bodies)
                    .extracting(SourceKameletTest::subject)
                    .startsWith("Good", "Good", "Good", "Bad", "Last");
            Application.await().until(() -> !Files.readString(cursorFile()).equals(cursor));
        }
    }

    @Test
    void aStopInThePageRepeatsTicketsAndLosesNone() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        try (Application application = new Application("source", properties, exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("\"id\":2")) {
                second.countDown();
                throw new IllegalStateException("Killed here");
            }
        })) {
            assertThat(second.await(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(cursorFile()).hasContent("start_time=0");

        try (Application application = new Application("source", properties)) {
            await(application, 2);

            assertThat(application.received.bodies)
                    .extracting(SourceKameletTest::subject)
                    .containsExactly("My printer is on fire", "Where is my order?");
        }
    }

    @Test
    void withoutAStartTimeItBeginsNowAndRemembersThat() throws Exception {
        properties.remove("camel.kamelet.zendesk-source.startTime");
        long before = zendesk.now().minusSeconds(301).getEpochSecond();
        try (Application application = new Application("source", properties)) {
            Application.await().until(() -> exports() > 1);
            assertThat(application.received.bodies).isEmpty();
        }
        String start = Files.readString(cursorFile());
        assertThat(Long.parseLong(start.substring("start_time=".length())))
                .isBetween(before, zendesk.now().getEpochSecond());
        zendesk.createTicket("While it was down");

        try (Application application = new Application("source", properties)) {
            await(application, 1);

            assertThat(application.received.bodies.get(0)).contains("While it was down");
        }
    }

    @Test
    void aCursorFileThatCannotBeReadFailsThePollAndBeginsNothingAnew() throws Exception {
        Files.createDirectory(cursorFile());
        CountDownLatch failures = new CountDownLatch(2);
        try (Application application = new Application("source", properties)) {
            application.onFailure(failures::countDown);

            assertThat(failures.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(exports()).isZero();
        }
    }

    @Test
    void aThrottledPollWaitsAsLongAsZendeskSaysAndLosesNothing() {
        zendesk.nextApiRequest(ApiFault.throttled(Duration.ofSeconds(1)));
        try (Application application = new Application("source", properties)) {
            await(application, 2);

            List<ApiRequestSeen> seen = zendesk.apiRequests();
            assertThat(seen).extracting(ApiRequestSeen::status).startsWith(429, 200);
            assertThat(Duration.between(seen.get(0).at(), seen.get(1).at())).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void anotherRefusalFailsThePollAndTheNextOneGoesOn() throws Exception {
        zendesk.nextApiRequest(ApiFault.forbidden());
        try (Application application = new Application("source", properties)) {
            await(application, 2);

            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).startsWith(403, 200);
            assertThat(Files.readString(TestLog.FILE))
                    .contains("Zendesk answered 403 to the export of tickets", "the user must be an admin");
        }
    }

    @Test
    void aTokenThatDiesIsReplacedAndTheRequestSentAgain() {
        zendesk.nextApiRequest(ApiFault.invalidToken());
        try (Application application = new Application("source", properties)) {
            await(application, 2);

            assertThat(zendesk.apiRequests()).extracting(ApiRequestSeen::status).startsWith(401, 200);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(2);
        }
    }

    @Test
    void noMessageAndNoEndpointHoldsASecret() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (Application application = new Application(
                "source",
                properties,
                exchange -> seen.add(exchange.getMessage().getHeaders().toString()
                        + exchange.getVariables()
                        + exchange.getAllProperties()))) {
            await(application, 2);

            assertThat(seen.toString()).doesNotContain("Authorization").doesNotContain(IssuedSecrets.all());
            assertThat(application.endpoints())
                    .extracting(Endpoint::getEndpointUri)
                    .anyMatch(uri -> uri.startsWith("zendesk-auth:"))
                    .allSatisfy(uri -> assertThat(uri).doesNotContain(IssuedSecrets.all()));
        }
    }

    @Test
    void aCursorIsSentAsItWasGiven() {
        String page = """
                {"tickets":[],"after_cursor":"a+b/c==","end_of_stream":true}""";
        StubMapping first = stub(WireMock.get(WireMock.urlPathEqualTo(EXPORT)).willReturn(WireMock.okJson(page)));
        StubMapping second = stub(WireMock.get(WireMock.urlPathEqualTo(EXPORT))
                .withQueryParam("cursor", WireMock.equalTo("a+b/c=="))
                .willReturn(WireMock.okJson(page.replace("[]", "[{\"id\":77}]"))));
        try (Application application = new Application("source", properties)) {
            await(application, 1);
        } finally {
            zendesk.wireMock().removeStub(first);
            zendesk.wireMock().removeStub(second);
        }
    }

    private StubMapping stub(MappingBuilder mapping) {
        return zendesk.wireMock().stubFor(mapping);
    }

    private Path cursorFile() {
        return folder.resolve("zendesk-tickets.cursor");
    }

    /** The cursor is stored after the last ticket of the page. */
    private void awaitCursor() {
        Application.await().until(() -> Files.readString(cursorFile()).startsWith("cursor="));
    }

    private long exports() {
        return zendesk.apiRequests().stream()
                .filter(seen -> seen.path().equals(EXPORT))
                .count();
    }

    private static String subject(String ticket) {
        return ticket.replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1");
    }

    private void parameter(String name, String value) {
        Application.parameter(properties, "zendesk-source", name, value);
    }

    private static void await(Application application, int count) {
        Application.await().until(() -> application.received.bodies.size() >= count);
    }
}
