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
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.util.ReflectionUtils;

/**
 * Finds out whether the HTTP client below an interceptor follows redirects: it then takes headers along to any host, the
 * JDK's even {@code Authorization}. Stateless.
 *
 * <p>Spring does not tell an interceptor what it stands on, so we look into Spring's own request factories: those of the
 * JDK, of {@link HttpURLConnection}, Jetty and Reactor. HttpClient 5.5 follows none with an {@code Authorization}. A factory
 * of the application's own is taken to follow none.
 */
final class Redirects {
    private static final String FACTORY = "requestFactory";

    private Redirects() {}

    /** @param request as the interceptor got it; nothing is sent */
    static boolean areFollowedBelow(HttpRequest request) {
        try {
            ClientHttpRequestFactory factory = factory(unwrapped(request));
            return factory != null && areFollowedBy(factory.createRequest(request.getURI(), HttpMethod.GET));
        } catch (IOException e) {
            // Then the request itself cannot be made either.
            return false;
        }
    }

    private static HttpRequest unwrapped(HttpRequest request) {
        HttpRequest inner = request;
        while (inner instanceof HttpRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        return inner;
    }

    private static @Nullable ClientHttpRequestFactory factory(HttpRequest request) {
        Object found = value(request, FACTORY);
        while (found instanceof AbstractClientHttpRequestFactoryWrapper wrapper) {
            found = wrapper.getDelegate();
        }
        return found instanceof ClientHttpRequestFactory factory ? factory : null;
    }

    /** By what a request of Spring's sends itself with. */
    private static boolean areFollowedBy(ClientHttpRequest request) {
        return Stream.of("httpClient", "connection", "request")
                .map(field -> value(request, field))
                .filter(Objects::nonNull)
                .anyMatch(Redirects::follows);
    }

    private static boolean follows(Object client) {
        if (client instanceof HttpClient jdk) {
            return jdk.followRedirects() != HttpClient.Redirect.NEVER;
        }
        if (client instanceof HttpURLConnection connection) {
            return connection.getInstanceFollowRedirects();
        }
        // By name: Jetty and Reactor are rarely there.
        Object configuration = result(client, "configuration");
        return Boolean.TRUE.equals(result(client, "isFollowRedirects"))
                || (configuration != null && result(configuration, "followRedirectPredicate") != null);
    }

    private static @Nullable Object value(Object object, String name) {
        Field field = ReflectionUtils.findField(object.getClass(), name);
        if (field == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(field);
        return ReflectionUtils.getField(field, object);
    }

    private static @Nullable Object result(Object object, String name) {
        Method method = ReflectionUtils.findMethod(object.getClass(), name);
        if (method == null) {
            return null;
        }
        ReflectionUtils.makeAccessible(method);
        return ReflectionUtils.invokeMethod(method, object);
    }
}
