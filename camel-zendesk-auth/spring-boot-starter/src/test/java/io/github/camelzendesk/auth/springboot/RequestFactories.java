package io.github.camelzendesk.auth.springboot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
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

    /** As {@link #WRAPPING} does, in a class that is not Spring's. */
    static final ClientHttpRequestInterceptor HIDING =
            (request, body, execution) -> execution.execute(hidden(request), body);

    private RequestFactories() {}

    private static HttpRequest hidden(HttpRequest request) {
        return (HttpRequest) Proxy.newProxyInstance(
                RequestFactories.class.getClassLoader(),
                new Class<?>[] {HttpRequest.class},
                (proxy, method, arguments) -> method.invoke(request, arguments));
    }

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
        factories.put(
                "buffered behind one of the application's",
                () -> new BufferingClientHttpRequestFactory(jdk(HttpClient.Redirect.NORMAL))::createRequest);
        factories.put(
                "intercepted behind one of the application's",
                () -> new InterceptingClientHttpRequestFactory(jdk(HttpClient.Redirect.NORMAL), List.of(WRAPPING))
                        ::createRequest);
        factories.put("with requests of the application's own", () -> OwnRequest::new);
        factories.put("http components that redirect as the application says", RequestFactories::redirectingAnywhere);
        return factories;
    }

    static Map<String, Supplier<ClientHttpRequestFactory>> others() {
        Map<String, Supplier<ClientHttpRequestFactory>> factories = new TreeMap<>();
        factories.put("jdk", JdkClientHttpRequestFactory::new);
        factories.put("jdk never", () -> jdk(HttpClient.Redirect.NEVER));
        factories.put("http components", HttpComponentsClientHttpRequestFactory::new);
        factories.put(
                "http components without redirects",
                () -> new HttpComponentsClientHttpRequestFactory(
                        HttpClients.custom().disableRedirectHandling().build()));
        factories.put("behind one of the application's", () -> jdk(HttpClient.Redirect.NEVER)::createRequest);
        factories.put("jetty", () -> jetty(false));
        factories.put("reactor", () -> reactor(false));
        factories.put("buffered", () -> new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory()));
        return factories;
    }

    static ClientHttpRequestFactory jdk(HttpClient.Redirect redirect) {
        return new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().followRedirects(redirect).build());
    }

    private static ClientHttpRequestFactory redirectingAnywhere() {
        return new HttpComponentsClientHttpRequestFactory(HttpClients.custom()
                .setRedirectStrategy(new DefaultRedirectStrategy() {
                    @Override
                    public boolean isRedirectAllowed(
                            HttpHost from,
                            HttpHost to,
                            org.apache.hc.core5.http.HttpRequest request,
                            HttpContext context) {
                        return true;
                    }
                })
                .build());
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

    /** Sends itself with what only it knows: another HTTP client, which follows redirects. */
    private static final class OwnRequest extends AbstractClientHttpRequest {
        private final URI address;
        private final HttpMethod method;

        OwnRequest(URI address, HttpMethod method) {
            this.address = address;
            this.method = method;
        }

        @Override
        public HttpMethod getMethod() {
            return method;
        }

        @Override
        public URI getURI() {
            return address;
        }

        @Override
        protected OutputStream getBodyInternal(HttpHeaders headers) {
            return new ByteArrayOutputStream();
        }

        @Override
        protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
            ClientHttpRequest sent = jdk(HttpClient.Redirect.NORMAL).createRequest(address, method);
            sent.getHeaders().putAll(headers);
            return sent.execute();
        }
    }
}
