package io.github.camelzendesk.auth.springboot;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Finds out whether what a filter of WebClient sends with may follow redirects. Stateless.
 *
 * <p>Spring does not tell a filter, so we look for the connector behind the filters that come after it, those of Spring's
 * observations included, and for its HTTP client.
 */
final class ConnectorRedirects {
    private ConnectorRedirects() {}

    static boolean mayBeFollowedBelow(ExchangeFunction next) {
        return connector(next)
                .flatMap(connector -> Stream.of("httpClient", "client").map(field -> Redirects.value(connector, field)))
                .filter(Objects::nonNull)
                .findFirst()
                .map(Redirects::areFollowedBy)
                .orElse(true);
    }

    private static Stream<Object> connector(Object function) {
        return Arrays.stream(function.getClass().getDeclaredFields())
                .map(field -> Redirects.value(function, field))
                .flatMap(ConnectorRedirects::within);
    }

    private static Stream<Object> within(@Nullable Object value) {
        if (value instanceof ClientHttpConnector connector) {
            return Stream.of(connector);
        }
        return value instanceof ExchangeFunction inner ? connector(inner) : Stream.empty();
    }
}
