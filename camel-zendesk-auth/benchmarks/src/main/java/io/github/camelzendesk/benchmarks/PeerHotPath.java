package io.github.camelzendesk.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.Date;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.UserCredentials;

/**
 * What the header costs two peers when the token is fresh, as {@link HotPath} has it for us. Neither has a Camel exchange
 * around it, so they have less to do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PeerHotPath {
    private static final URI API = URI.create("http://127.0.0.1/api/v2/tickets.json");
    private static final long DAY_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private Credential credential;
    private HttpRequest request;
    private UserCredentials credentials;

    @Setup(Level.Trial)
    public void start() throws IOException {
        credential = new Credential(BearerToken.authorizationHeaderAccessMethod())
                .setAccessToken("constant")
                .setExpiresInSeconds(DAY_SECONDS);
        request = new NetHttpTransport().createRequestFactory().buildGetRequest(new GenericUrl(API));
        Date tomorrow = new Date(System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(DAY_SECONDS));
        credentials = UserCredentials.newBuilder()
                .setClientId("app")
                .setClientSecret("none")
                .setRefreshToken("none")
                .setAccessToken(new AccessToken("constant", tomorrow))
                .build();
    }

    @Benchmark
    public Object googleOAuthClientIntercept() throws IOException {
        credential.intercept(request);
        return request;
    }

    @Benchmark
    public Object googleAuthGetRequestMetadata() throws IOException {
        return credentials.getRequestMetadata(API);
    }
}
