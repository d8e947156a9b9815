package io.github.camelzendesk.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** A grant at the stand-in, and a folder of its own for contenders that keep tokens in files. Immutable; prints no secret. */
record Account(String url, String clientId, String clientSecret, String refreshToken, Path folder) {
    private static final HttpClient API = HttpClient.newHttpClient();
    // A herd that has its token must not fail at the judge's door.
    private static final Semaphore JUDGES = new Semaphore(8);

    String tokenEndpoint() {
        return url + "/oauth/tokens";
    }

    String api() {
        return url + "/api/v2/tickets.json";
    }

    /** Of a request that a contender has given its token. */
    Outcome judgeHeader(String authorization) throws IOException, InterruptedException {
        return judge(authorization == null ? null : authorization.substring("Bearer ".length()));
    }

    /** Asks the API itself: what a contender believes of its token does not count. */
    Outcome judge(String token) throws IOException, InterruptedException {
        if (token == null) {
            return Outcome.FAILED;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(api()))
                .header("Authorization", "Bearer " + token)
                .build();
        JUDGES.acquire();
        try {
            int status =
                    API.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 200 ? Outcome.VALID : Outcome.DEAD;
        } finally {
            JUDGES.release();
        }
    }

    /** For a child process. */
    Map<String, String> environment() {
        return Map.of(
                "PEERS_URL", url,
                "PEERS_CLIENT_ID", clientId,
                "PEERS_CLIENT_SECRET", clientSecret,
                "PEERS_REFRESH_TOKEN", refreshToken,
                "PEERS_FOLDER", folder.toString());
    }

    static Account from(Map<String, String> environment) {
        return new Account(
                environment.get("PEERS_URL"),
                environment.get("PEERS_CLIENT_ID"),
                environment.get("PEERS_CLIENT_SECRET"),
                environment.get("PEERS_REFRESH_TOKEN"),
                Path.of(environment.get("PEERS_FOLDER")));
    }

    @Override
    public String toString() {
        return "Account[" + url + "]";
    }
}
