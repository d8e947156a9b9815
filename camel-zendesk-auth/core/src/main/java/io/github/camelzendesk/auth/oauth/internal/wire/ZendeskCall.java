package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.Connection;

import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.FormBody;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;

/**
 * One HTTP call to Zendesk, the body of its answer included, within the exchange timeout. For one call, on one thread.
 */
final class ZendeskCall extends EventListener {
    private final Connection.Timeouts timeouts;
    private final RunningDeadline.Start deadlines;
    private volatile boolean begunToSend;

    ZendeskCall(Connection.Timeouts timeouts, RunningDeadline.Start deadlines) {
        this.timeouts = timeouts;
        this.deadlines = deadlines;
    }

    /** Reads an answer. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Response response) throws IOException;
    }

    /** Sends the request. {@code reading} must read the whole body. */
    <T> T execute(OkHttpClient client, Request.Builder request, Reading<T> reading) throws IOException {
        Call call = client.newCall(request.tag(ZendeskCall.class, this).build());
        try (RunningDeadline deadline = deadline(call)) {
            try (Response response = call.execute()) {
                return reading.read(response);
            } catch (IOException e) {
                throw deadline.isOver() ? (IOException) new SocketTimeoutException("timeout").initCause(e) : e;
            }
        }
    }

    private RunningDeadline deadline(Call call) throws IOException {
        try {
            return deadlines.start(timeouts.exchange(), call::cancel);
        } catch (OutOfMemoryError e) {
            throw new IOException("no thread can be started that limits the time it takes", e);
        }
    }

    /** Whether the request, or a part of it, may have reached the server. */
    boolean mayHaveArrived() {
        return begunToSend;
    }

    /** Prepares a client for calls of this kind. */
    static OkHttpClient.Builder prepare(OkHttpClient.Builder client) {
        return client.eventListenerFactory(ZendeskCall::of).addInterceptor(ZendeskCall::limitConnecting);
    }

    private static ZendeskCall of(Call call) {
        return Objects.requireNonNull(call.request().tag(ZendeskCall.class));
    }

    /** Nothing has been sent yet, so this limit may count while the process is stopped. */
    private static Response limitConnecting(Interceptor.Chain chain) throws IOException {
        int millis = (int)
                Math.min(Integer.MAX_VALUE, of(chain.call()).timeouts.connect().toMillis());
        return chain.withConnectTimeout(millis, TimeUnit.MILLISECONDS).proceed(chain.request());
    }

    @Override
    public void requestHeadersStart(Call call) {
        begunToSend = true;
    }

    /** A form that OkHttp sends once, whatever the server answers. */
    static RequestBody oneShot(Map<String, String> parameters) {
        FormBody.Builder builder = new FormBody.Builder();
        parameters.forEach(builder::add);
        FormBody form = builder.build();
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return form.contentType();
            }

            @Override
            public long contentLength() {
                return form.contentLength();
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                form.writeTo(sink);
            }
        };
    }
}
