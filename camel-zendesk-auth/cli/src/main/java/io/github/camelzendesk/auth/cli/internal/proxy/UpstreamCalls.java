package io.github.camelzendesk.auth.cli.internal.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;

import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/** Makes the calls of local programs at the account, with its authorization. Thread-safe; blocks while a call runs. */
final class UpstreamCalls {
    /** A proxy must not repeat others of its own accord (RFC 9110 section 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private final Account account;
    private final HttpUrl origin;
    private final OkHttpClient repeating;
    private final OkHttpClient once;

    UpstreamCalls(Account account, Limits limits) {
        this.account = account;
        this.origin = HttpUrl.get(account.origin());
        OkHttpClient.Builder builder = Transport.forCalls(account.way())
                .connectTimeout(account.connectTimeout())
                .readTimeout(limits.answer())
                .writeTimeout(limits.answer())
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(Limits.CONNECTIONS, 30, TimeUnit.SECONDS));
        this.repeating =
                ZendeskOkHttpInterceptor.install(builder, account.manager()).build();
        this.once = repeating.newBuilder().retryOnConnectionFailure(false).build();
    }

    /** Makes the call of a request, and passes the answer on, piece by piece. */
    void forward(Request request, Response response, Callback callback) {
        OkHttpClient client = IDEMPOTENT.contains(request.getMethod()) ? repeating : once;
        try (okhttp3.Response answer = client.newCall(call(request)).execute()) {
            pass(answer, request, response, callback);
        } catch (IOException e) {
            Problem.of(e).answer(response, callback);
        }
    }

    private okhttp3.Request call(Request request) throws IOException {
        Headers.Builder headers = ForwardedHeaders.ofRequest(request.getHeaders());
        account.headers().forEach(headers::set);
        HttpUrl address = origin.newBuilder()
                .encodedPath(Objects.requireNonNull(request.getHttpURI().getPath()))
                .encodedQuery(request.getHttpURI().getQuery())
                .build();
        @Nullable RequestBody body = ForwardedBody.mayHave(request.getMethod()) ? ForwardedBody.of(request) : null;
        return new okhttp3.Request.Builder()
                .url(address)
                .headers(headers.build())
                .method(request.getMethod(), body)
                .build();
    }

    private void pass(okhttp3.Response answer, Request request, Response response, Callback callback) {
        response.setStatus(answer.code());
        ForwardedHeaders.ofAnswer(answer, response.getHeaders());
        String location = answer.header("Location");
        if (location != null) {
            response.getHeaders().put(HttpHeader.LOCATION, ofProxy(location, answer, request));
        }
        try {
            copy(answer.body().byteStream(), Content.Sink.asOutputStream(response));
            callback.succeeded();
        } catch (IOException e) {
            // The program that called sees that the answer broke off.
            callback.failed(e);
        }
    }

    /** A redirect within the account goes through the proxy, too. */
    private String ofProxy(String location, okhttp3.Response answer, Request request) {
        HttpUrl target = answer.request().url().resolve(location);
        if (target == null || !account.manager().isOwn(target.scheme(), target.host(), target.port())) {
            return location;
        }
        String query = target.encodedQuery() == null ? "" : "?" + target.encodedQuery();
        return "http://" + request.getHttpURI().getAuthority() + target.encodedPath() + query;
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] piece = new byte[16 * 1024];
        for (int count = from.read(piece); count >= 0; count = from.read(piece)) {
            to.write(piece, 0, count);
        }
    }

    /** Breaks off what still runs. */
    void cancel() {
        repeating.dispatcher().cancelAll();
    }
}
