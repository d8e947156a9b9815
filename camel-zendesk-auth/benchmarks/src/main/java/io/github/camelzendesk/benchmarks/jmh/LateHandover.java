package io.github.camelzendesk.benchmarks.jmh;

import java.io.IOException;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.openjdk.jmh.annotations.Benchmark;

import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.oauth.TokenManager;

import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * What the late hand-overs cost a request when the token is fresh, beside the same chain without them. The chains are
 * stubs that answer at once: no network, and nothing else of the HTTP client.
 */
public class LateHandover extends CamelBenchmark {
    private ExecChainHandler handler;
    private ExecChain.Scope scope;
    private ExecChain.Scope foreign;
    private ExecChain chain;
    private ClassicHttpRequest request;
    private Interceptor interceptor;
    private Interceptor.Chain okHttpChain;

    @Override
    void prepare() throws Exception {
        TokenManager manager =
                camel.getEndpoint(ENDPOINT, ZendeskAuthEndpoint.class).getTokenManager();
        handler = StubHttpClient.handlerOf(manager);
        request = StubHttpClient.request();
        scope = StubHttpClient.scope("acme.zendesk.com", request);
        foreign = StubHttpClient.scope("www.example.com", request);
        chain = StubHttpClient.chain();
        interceptor = ZendeskOkHttpInterceptor.install(new OkHttpClient.Builder(), manager)
                .networkInterceptors()
                .get(0);
        okHttpChain = new StubOkHttpChain();
    }

    @Benchmark
    public ClassicHttpResponse httpClient() throws IOException, HttpException {
        return handler.execute(request, scope, chain);
    }

    @Benchmark
    public ClassicHttpResponse httpClientToAnotherHost() throws IOException, HttpException {
        return handler.execute(request, foreign, chain);
    }

    @Benchmark
    public ClassicHttpResponse httpClientBare() throws IOException, HttpException {
        return chain.proceed(request, scope);
    }

    @Benchmark
    public Response okHttp() throws IOException {
        return interceptor.intercept(okHttpChain);
    }

    @Benchmark
    public Response okHttpBare() throws IOException {
        return okHttpChain.proceed(okHttpChain.request());
    }
}
