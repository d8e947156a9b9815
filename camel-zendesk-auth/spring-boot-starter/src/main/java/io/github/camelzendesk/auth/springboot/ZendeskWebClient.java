package io.github.camelzendesk.auth.springboot;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.util.function.Consumer;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.micrometer.observation.ObservationRegistry;

/**
 * Prepares a WebClient for a connection: {@code builder.apply(acme)}. Thread-safe.
 *
 * <p>Adds the {@link ZendeskWebClientFilter}, and sets a connector that follows no redirects. The caller gets the 3xx. A
 * connector of your own is set after this, and is refused unless it is one of Spring's that follows none either. The bean of a connection has calls
 * observed where the application has one {@link ObservationRegistry}.
 */
public final class ZendeskWebClient implements Consumer<WebClient.Builder> {
    private final ZendeskWebClientFilter filter;
    private final ObservationRegistry observations;

    /** For a connection without further headers. */
    public ZendeskWebClient(TokenManager manager) {
        this(ZendeskRestClientInterceptor.identity(manager), ObservationRegistry.NOOP);
    }

    ZendeskWebClient(ZendeskRestClientInterceptor.Identity identity, ObservationRegistry observations) {
        this.filter = new ZendeskWebClientFilter(identity);
        this.observations = observations;
    }

    @Override
    public void accept(WebClient.Builder builder) {
        HttpClient client =
                HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
        builder.clientConnector(new JdkClientHttpConnector(client)).filter(filter);
        if (!observations.isNoop()) {
            builder.observationRegistry(observations);
        }
    }
}
