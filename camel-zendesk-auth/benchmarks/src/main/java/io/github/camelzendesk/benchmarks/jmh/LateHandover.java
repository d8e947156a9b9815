package io.github.camelzendesk.benchmarks.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

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
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LateHandover {
    private CamelContext camel;
    private ExecChainHandler handler;
    private ExecChain.Scope scope;
    private ExecChain.Scope foreign;
    private ExecChain chain;
    private ClassicHttpRequest request;
    private Interceptor interceptor;
    private Interceptor.Chain okHttpChain;

    @Setup(Level.Trial)
    public void start() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        TokenManager manager = camel.getEndpoint(
                        "zendesk-auth:acme?url=acme&oauthAccessToken=constant", ZendeskAuthEndpoint.class)
                .getTokenManager();
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

    @TearDown(Level.Trial)
    public void stop() {
        camel.stop();
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
