package io.github.camelzendesk.auth.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;

/** What the stand-in answers. Immutable. */
record Answer(int status, Map<String, String> headers, String body) {
    private static final int DRIP_PIECES = 20;

    static Answer json(int status, Object body) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.write(body));
    }

    static Answer html(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), body);
    }

    static Answer redirect(String location) {
        return new Answer(302, Map.of("Location", location), "");
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    static Answer count(Instant now, int value) {
        String second = now.truncatedTo(ChronoUnit.SECONDS).toString();
        return json(200, Map.of("count", Map.of("value", value, "refreshed_at", second)));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer with(Map<String, String> more) {
        Answer answer = this;
        for (Map.Entry<String, String> header : more.entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    /** Bodies hold tokens. */
    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }

    ResponseDefinition definition() {
        return builder().build();
    }

    ResponseDefinition late(Duration delay) {
        return builder().withFixedDelay((int) delay.toMillis()).build();
    }

    /** WireMock asks for the delay on the request's own thread, which waits here while the account serves others. */
    ResponseDefinition held(CountDownLatch release) {
        return builder().withRandomDelay(() -> awaited(release)).build();
    }

    private static long awaited(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    ResponseDefinition dripping(Duration total) {
        return builder()
                .withChunkedDribbleDelay(DRIP_PIECES, (int) total.toMillis())
                .build();
    }

    /** Half of the body, in two pieces: the first one sends the headers, or Jetty would answer 500 instead. */
    ResponseDefinition truncated() {
        int promised = body.getBytes(StandardCharsets.UTF_8).length;
        return new Answer(status, headers, body.substring(0, body.length() / 2))
                .with("Content-Length", String.valueOf(promised))
                .builder()
                .withChunkedDribbleDelay(2, 2)
                .build();
    }

    static ResponseDefinition reset() {
        return ResponseDefinitionBuilder.responseDefinition()
                .withFault(Fault.CONNECTION_RESET_BY_PEER)
                .build();
    }

    private ResponseDefinitionBuilder builder() {
        ResponseDefinitionBuilder builder = ResponseDefinitionBuilder.responseDefinition()
                .withStatus(status)
                .withBody(body);
        headers.forEach(builder::withHeader);
        return builder;
    }
}
