package io.github.camelzendesk.auth.springboot;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.support.HttpRequestWrapper;

/** All that Spring sends requests with, as far as it is on the class path. Stateless. */
final class RequestFactories {
    /** Hides the request from the interceptors that come after it. */
    static final ClientHttpRequestInterceptor WRAPPING =
            (request, body, execution) -> execution.execute(new HttpRequestWrapper(request), body);

    private RequestFactories() {}

    static Map<String, Supplier<ClientHttpRequestFactory>> followingRedirects() {
        Map<String, Supplier<ClientHttpRequestFactory>> factories = new TreeMap<>();
        factories.put("simple", SimpleClientHttpRequestFactory::new);
        factories.put("jdk normal", () -> jdk(HttpClient.Redirect.NORMAL));
        factories.put("jdk always", () -> jdk(HttpClient.Redirect.ALWAYS));
        factories.put("jetty", () -> jetty(true));
        factories.put("reactor", () -> reactor(true));
        factories.put("buffered", () -> new BufferingClientHttpRequestFactory(jdk(HttpClient.Redirect.NORMAL)));
        factories.put(
                "buffered twice",
                () -> new BufferingClientHttpRequestFactory(
                        new BufferingClientHttpRequestFactory(new SimpleClientHttpRequestFactory())));
        factories.put(
                "intercepted",
                () -> new InterceptingClientHttpRequestFactory(jdk(HttpClient.Redirect.NORMAL), List.of(WRAPPING)));
        factories.put("behind one of the application's", () -> jdk(HttpClient.Redirect.NORMAL)::createRequest);
        return factories;
    }

    static Map<String, Supplier<ClientHttpRequestFactory>> others() {
        Map<String, Supplier<ClientHttpRequestFactory>> factories = new TreeMap<>();
        factories.put("jdk", JdkClientHttpRequestFactory::new);
        factories.put("jdk never", () -> jdk(HttpClient.Redirect.NEVER));
        factories.put("http components", HttpComponentsClientHttpRequestFactory::new);
        factories.put("jetty", () -> jetty(false));
        factories.put("reactor", () -> reactor(false));
        factories.put("buffered", () -> new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory()));
        return factories;
    }

    static ClientHttpRequestFactory jdk(HttpClient.Redirect redirect) {
        return new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().followRedirects(redirect).build());
    }

    private static ClientHttpRequestFactory jetty(boolean follow) {
        org.eclipse.jetty.client.HttpClient client = new org.eclipse.jetty.client.HttpClient();
        client.setFollowRedirects(follow);
        JettyClientHttpRequestFactory factory = new JettyClientHttpRequestFactory(client);
        try {
            factory.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return factory;
    }

    private static ClientHttpRequestFactory reactor(boolean follow) {
        return new ReactorClientHttpRequestFactory(
                reactor.netty.http.client.HttpClient.create().followRedirect(follow));
    }
}
