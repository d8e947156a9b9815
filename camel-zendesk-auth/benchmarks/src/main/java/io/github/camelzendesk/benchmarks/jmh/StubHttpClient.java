package io.github.camelzendesk.benchmarks.jmh;

import java.lang.reflect.Proxy;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.NamedElementChain;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.oauth.TokenManager;

/** The parts of an HttpClient 5 around our handler, without a network. Stateless. */
final class StubHttpClient {
    private StubHttpClient() {}

    /** What the configurer installs on a builder. */
    static ExecChainHandler handlerOf(TokenManager manager) {
        ExecChainHandler[] found = new ExecChainHandler[1];
        HttpClientBuilder builder = new HttpClientBuilder() {
            @Override
            protected void customizeExecChain(NamedElementChain<ExecChainHandler> definition) {
                found[0] = definition.find("zendesk-auth").getValue();
            }
        };
        new ZendeskHttpClientConfigurer(manager).configureHttpClient(builder);
        builder.build();
        return found[0];
    }

    static ClassicHttpRequest request() {
        return ClassicRequestBuilder.get("https://acme.zendesk.com/api/v2/tickets.json")
                .addHeader("Accept", "application/json")
                .build();
    }

    static ExecChain.Scope scope(String host, ClassicHttpRequest request) {
        ExecRuntime none = (ExecRuntime) Proxy.newProxyInstance(
                ExecRuntime.class.getClassLoader(), new Class<?>[] {ExecRuntime.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        HttpRoute route = new HttpRoute(new HttpHost("https", host, 443));
        return new ExecChain.Scope("ex-1", route, request, none, HttpClientContext.create());
    }

    static ExecChain chain() {
        ClassicHttpResponse response = new BasicClassicHttpResponse(200);
        return (request, scope) -> response;
    }
}
