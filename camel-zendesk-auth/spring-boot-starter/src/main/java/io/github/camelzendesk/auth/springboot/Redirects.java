package io.github.camelzendesk.auth.springboot;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out whether the HTTP client below an interceptor may follow redirects: it then takes headers along to any host, the
 * JDK's even {@code Authorization}. Stateless.
 *
 * <p>Spring does not tell an interceptor what it stands on, so we look into Spring's own requests: those of the JDK, of
 * {@link HttpURLConnection}, Jetty, Reactor and HttpClient 5. Any other may follow them.
 */
final class Redirects {
    /** What Spring's tests answer themselves, and send nowhere. */
    private static final String MOCK = "org.springframework.mock.http.client.MockClientHttpRequest";
    /** HttpClient 5's own, which takes no {@code Authorization} to another host. */
    private static final String CAREFUL = "org.apache.hc.client5.http.impl.DefaultRedirectStrategy";

    private Redirects() {}

    /**
     * @param request as the interceptor got it; nothing is sent
     * @throws IOException when it could not be sent either
     */
    static boolean mayBeFollowedBelow(HttpRequest request) throws IOException {
        if (request instanceof HttpRequestWrapper wrapper) {
            return mayBeFollowedBelow(wrapper.getRequest());
        }
        if (value(request, "requestFactory") instanceof ClientHttpRequestFactory factory) {
            return mayBeFollowedBelow(factory.createRequest(request.getURI(), HttpMethod.GET));
        }
        Object client = client(request);
        if (client instanceof HttpRequest buffered) {
            return mayBeFollowedBelow(buffered);
        }
        return !isMock(request) && (client == null || areFollowedBy(client));
    }

    private static @Nullable Object client(HttpRequest request) {
        return Stream.of("httpClient", "connection", "request")
                .map(field -> value(request, field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static boolean isMock(HttpRequest request) {
        return Stream.<Class<?>>iterate(request.getClass(), Objects::nonNull, Class::getSuperclass)
                .anyMatch(type -> type.getName().equals(MOCK));
    }

    /** @param client what a request or a connector of Spring's sends with */
    static boolean areFollowedBy(Object client) {
        if (client instanceof HttpClient jdk) {
            return jdk.followRedirects() != HttpClient.Redirect.NEVER;
        }
        if (client instanceof HttpURLConnection connection) {
            return connection.getInstanceFollowRedirects();
        }
        // By name: these are rarely there.
        if (result(client, "isFollowRedirects") instanceof Boolean jetty) {
            return jetty;
        }
        Object reactor = result(client, "configuration");
        return reactor == null ? !isCareful(client) : result(reactor, "followRedirectPredicate") != null;
    }

    /** Whether HttpClient 5 follows none, or none that takes an {@code Authorization} to another host. */
    private static boolean isCareful(Object client) {
        Object element = value(client, "execChain");
        boolean known = element != null;
        for (; element != null; element = value(element, "next")) {
            Object handler = value(element, "handler");
            Object strategy = handler == null ? null : value(handler, "redirectStrategy");
            // Before 5.4 there was no such method, and its own took all headers along.
            known &= strategy == null
                    || (strategy.getClass().getName().equals(CAREFUL)
                            && ReflectionUtils.findMethod(strategy.getClass(), "isRedirectAllowed", (Class<?>[]) null)
                                    != null);
        }
        return known;
    }

    static @Nullable Object value(Object object, String name) {
        Field field = ReflectionUtils.findField(object.getClass(), name);
        return field == null ? null : value(object, field);
    }

    static @Nullable Object value(Object object, Field field) {
        return field.trySetAccessible() ? ReflectionUtils.getField(field, object) : null;
    }

    private static @Nullable Object result(Object object, String name) {
        Method method = ReflectionUtils.findMethod(object.getClass(), name);
        if (method == null || !method.trySetAccessible()) {
            return null;
        }
        return ReflectionUtils.invokeMethod(method, object);
    }
}
