package io.github.camelzendesk.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/** The rest of an OkHttp call, which answers at once. Immutable. */
final class StubOkHttpChain implements Interceptor.Chain {
    private final Request request = new Request.Builder()
            .url("https://acme.zendesk.com/api/v2/tickets.json")
            .header("Accept", "application/json")
            .build();
    private final Response response = new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_2)
            .code(200)
            .message("")
            .build();

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Response proceed(Request sent) {
        return response;
    }

    @Override
    public Connection connection() {
        return null;
    }

    @Override
    public Call call() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int connectTimeoutMillis() {
        return 0;
    }

    @Override
    public Interceptor.Chain withConnectTimeout(int timeout, TimeUnit unit) {
        return this;
    }

    @Override
    public int readTimeoutMillis() {
        return 0;
    }

    @Override
    public Interceptor.Chain withReadTimeout(int timeout, TimeUnit unit) {
        return this;
    }

    @Override
    public int writeTimeoutMillis() {
        return 0;
    }

    @Override
    public Interceptor.Chain withWriteTimeout(int timeout, TimeUnit unit) {
        return this;
    }
}
