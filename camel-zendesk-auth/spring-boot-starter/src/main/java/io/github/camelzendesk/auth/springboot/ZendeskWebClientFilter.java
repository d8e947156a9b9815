package io.github.camelzendesk.auth.springboot;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Hands a connection's authorization over to WebClient, for each request on its way out. Thread-safe; no thread waits.
 *
 * <p>What {@link ZendeskRestClientInterceptor} says holds here too: only requests to the connection's own scheme, host and
 * port get it; after 401 {@code invalid_token} (RFC 6750 section 3.1) the token is replaced, and the request sent once more,
 * for which its body must be one that can be written twice; and a connector that is not seen to follow no redirects is
 * refused with {@link ConfigurationRefused} before anything is sent. {@link ZendeskWebClient} sets one that follows none.
 */
public final class ZendeskWebClientFilter implements ExchangeFilterFunction {
    private static final int UNAUTHORIZED = 401;

    private final ZendeskRestClientInterceptor.Identity identity;

    /** For a connection without further headers. */
    public ZendeskWebClientFilter(TokenManager manager) {
        this(ZendeskRestClientInterceptor.identity(manager));
    }

    ZendeskWebClientFilter(ZendeskRestClientInterceptor.Identity identity) {
        this.identity = identity;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.defer(() -> {
            // Asked for each time: after a restart of Camel there is another one.
            TokenManager manager = identity.tokenManager();
            if (!manager.isOwn(request.url())) {
                manager.sentWithout(request.url());
                return next.exchange(request);
            }
            return ConnectorRedirects.mayBeFollowedBelow(next)
                    ? Mono.error(followsRedirects(manager))
                    : Mono.fromFuture(manager::authorization).flatMap(used -> authorized(request, next, manager, used));
        });
    }

    private static ConfigurationRefused followsRedirects(TokenManager manager) {
        return new ConfigurationRefused(manager
                + ": this WebClient follows redirects, or is not known to follow none, and may take the authorization or"
                + " X-On-Behalf-Of along to another host. Where Boot builds it, set"
                + " spring.http.reactiveclient.redirects=dont-follow (from Boot 4 on"
                + " spring.http.clients.redirects=dont-follow). Otherwise prepare it with ZendeskWebClient, or set a"
                + " connector of Spring's whose client follows none, such as new JdkClientHttpConnector().");
    }

    private Mono<ClientResponse> authorized(
            ClientRequest request, ExchangeFunction next, TokenManager manager, Authorization used) {
        return next.exchange(with(request, used))
                .flatMap(response -> response.statusCode().value() == UNAUTHORIZED
                        ? answered(response).flatMap(body -> replacement(manager, used, body)
                                .flatMap(other -> next.exchange(with(request, other)))
                                .switchIfEmpty(Mono.fromSupplier(() -> whole(response, body))))
                        : Mono.just(response));
    }

    private ClientRequest with(ClientRequest request, Authorization authorization) {
        return ClientRequest.from(request)
                .headers(headers -> {
                    identity.headers().forEach(headers::set);
                    headers.set(HttpHeaders.AUTHORIZATION, authorization.headerValue());
                })
                .build();
    }

    private static Mono<byte[]> answered(ClientResponse refusal) {
        return refusal.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]);
    }

    private static Mono<Authorization> replacement(TokenManager manager, Authorization used, byte[] body) {
        return body.length < BearerError.MOST_BYTES && BearerError.isInvalidToken(body)
                ? Mono.fromFuture(() -> manager.replace(used)).flatMap(Mono::justOrEmpty)
                : Mono.empty();
    }

    /** The response again, whose body was read. */
    private static ClientResponse whole(ClientResponse response, byte[] body) {
        return response.mutate()
                .body(read -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)))
                .build();
    }
}
