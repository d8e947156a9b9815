package io.github.camelzendesk.auth.springboot;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.util.function.Consumer;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.micrometer.observation.ObservationRegistry;

/**
 * Prepares a RestClient for a connection: {@code builder.apply(acme)}. Thread-safe.
 *
 * <p>Adds the {@link ZendeskRestClientInterceptor}, and sets a request factory that follows no redirects: who follows them below
 * the interceptor may carry the token to another host, as the HTTP client of the JDK does. The caller gets the 3xx. A
 * factory of your own is set after this, and is refused unless it is one of Spring's that follows none either. The bean of a connection has calls
 * observed where the application has one {@link ObservationRegistry}.
 */
public final class ZendeskRestClient implements Consumer<RestClient.Builder> {
    private final ZendeskRestClientInterceptor interceptor;
    private final ObservationRegistry observations;

    /** For a connection without further headers. */
    public ZendeskRestClient(TokenManager manager) {
        this(ZendeskRestClientInterceptor.identity(manager), ObservationRegistry.NOOP);
    }

    ZendeskRestClient(ZendeskRestClientInterceptor.Identity identity, ObservationRegistry observations) {
        this.interceptor = new ZendeskRestClientInterceptor(identity);
        this.observations = observations;
    }

    @Override
    public void accept(RestClient.Builder builder) {
        HttpClient client =
                HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
        builder.requestFactory(new JdkClientHttpRequestFactory(client)).requestInterceptor(interceptor);
        if (!observations.isNoop()) {
            builder.observationRegistry(observations);
        }
    }
}
