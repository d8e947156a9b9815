package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * Hands a connection's authorization over to RestClient or RestTemplate, for each request on its way out. Thread-safe.
 *
 * <p>Only requests to the connection's own scheme, host and port get it; there it replaces an {@code Authorization} that
 * the request brought along. The bean of a connection attaches its {@code onBehalfOf} and marketplace options too. After
 * 401 {@code invalid_token} (RFC 6750 section 3.1) the token is replaced, and the request sent once more; never after 403.
 * Without a token nothing is sent, and the call fails with the
 * {@link io.github.camelzendesk.auth.oauth.ZendeskAuthException} that says why.
 *
 * <p>Add it last, because the repetition passes by interceptors that come after it. Use it over a request factory that
 * follows no redirects: they are followed below this interceptor, where {@code X-On-Behalf-Of}, and with the HTTP client of
 * the JDK even {@code Authorization}, goes along to any host. So a call is refused with {@link ConfigurationRefused}, and
 * nothing is sent, unless it is over one of Spring's factories whose client is seen to follow none.
 * {@link ZendeskRestClient} does both.
 */
public final class ZendeskRestClientInterceptor implements ClientHttpRequestInterceptor {
    private static final int UNAUTHORIZED = 401;

    private final Identity identity;

    /** For a connection without further headers. */
    public ZendeskRestClientInterceptor(TokenManager manager) {
        this(identity(manager));
    }

    ZendeskRestClientInterceptor(Identity identity) {
        this.identity = identity;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        // Asked for each time: after a restart of Camel there is another one.
        TokenManager manager = identity.tokenManager();
        if (!manager.isOwn(request.getURI())) {
            manager.sentWithout(request.getURI());
            return execution.execute(request, body);
        }
        if (Redirects.mayBeFollowedBelow(request)) {
            throw followsRedirects(manager);
        }
        Authorization used = manager.await();
        attach(request, used);
        ClientHttpResponse response = execution.execute(request, body);
        if (response.getStatusCode().value() != UNAUTHORIZED) {
            return response;
        }
        PeekedResponse refusal = PeekedResponse.of(response);
        Optional<Authorization> other =
                refusal.saysInvalidToken() ? replacement(manager, used, refusal) : Optional.empty();
        if (other.isEmpty()) {
            return refusal;
        }
        refusal.close();
        attach(request, other.get());
        return execution.execute(request, body);
    }

    private static ConfigurationRefused followsRedirects(TokenManager manager) {
        return new ConfigurationRefused(
                manager
                        + ": this HTTP client follows redirects, or is not known to follow none, and may take the authorization or"
                        + " X-On-Behalf-Of along to another host. Where Boot builds it, set spring.http.client.redirects=dont-follow (from Boot 4 on"
                        + " spring.http.clients.redirects=dont-follow). Otherwise prepare a RestClient with ZendeskRestClient, or"
                        + " set a request factory of Spring's whose client follows none, such as new JdkClientHttpRequestFactory().");
    }

    private static Optional<Authorization> replacement(
            TokenManager manager, Authorization used, ClientHttpResponse refusal) throws IOException {
        try {
            return manager.awaitReplacement(used);
        } catch (IOException | RuntimeException e) {
            refusal.close();
            throw e;
        }
    }

    private void attach(HttpRequest request, Authorization authorization) {
        HttpHeaders headers = request.getHeaders();
        identity.headers().forEach(headers::set);
        headers.set(HttpHeaders.AUTHORIZATION, authorization.headerValue());
    }

    /** Without further headers. */
    static Identity identity(TokenManager manager) {
        return new Identity() {
            @Override
            public TokenManager tokenManager() {
                return manager;
            }

            @Override
            public Map<String, String> headers() {
                return Map.of();
            }
        };
    }

    /** As whom requests are sent. Thread-safe. */
    interface Identity {
        TokenManager tokenManager();

        /** Headers beside the authorization. */
        Map<String, String> headers();
    }
}
