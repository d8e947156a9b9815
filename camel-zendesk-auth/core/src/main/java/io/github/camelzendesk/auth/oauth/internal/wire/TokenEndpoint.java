package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.internal.LogSafeText;

import okhttp3.Request;
import okhttp3.Response;

/**
 * Zendesk's token endpoint, and its other endpoints about tokens, over OkHttp. Thread-safe.
 *
 * <p>A token request is sent once: the body is one-shot, redirects, retries and challenges are off, and one deadline,
 * which does not count while the process is stopped, covers the whole call. Follows RFC 6749 section 3.2 and Zendesk's
 * grant-type tokens page.
 */
public final class TokenEndpoint implements AuthorizationServer {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String USER_AGENT = "camel-zendesk-auth";
    private static final String CURRENT_TOKEN = "/api/v2/oauth/tokens/current.json";
    private static final String CURRENT_USER = "/api/v2/users/me.json";

    private final Connection connection;
    private final Transport transport;
    private final InstantSource clock;
    private final RunningDeadline.Start deadlines;

    public TokenEndpoint(
            Connection connection, Transport transport, InstantSource clock, RunningDeadline.Start deadlines) {
        this.connection = connection;
        this.transport = transport;
        this.clock = clock;
        this.deadlines = deadlines;
    }

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        ZendeskCall call = new ZendeskCall(connection.timeouts(), deadlines);
        Request.Builder post = new Request.Builder()
                .url(connection.endpoints().token())
                .post(ZendeskCall.oneShot(request.form(connection.lifetimes())));
        try {
            return call(call, post, this::outcome);
        } catch (IOException e) {
            return call.mayHaveArrived() ? lost(e) : new TokenRequestOutcome.NotSent(e);
        }
    }

    @Override
    public TokenKnowledge describe(Secret accessToken) {
        try {
            return ask(to(CURRENT_TOKEN, bearer(accessToken)), response -> {
                if (response.code() == 401) {
                    return TokenKnowledge.DEAD;
                }
                return response.isSuccessful() ? TokenResponseParser.knowledge(body(response)) : TokenKnowledge.NONE;
            });
        } catch (IOException e) {
            return TokenKnowledge.NONE;
        }
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        try {
            return ask(to(CURRENT_USER, authorizationHeader), response -> {
                if (response.code() == 401) {
                    return Map.of();
                }
                if (!response.isSuccessful()) {
                    throw unavailable(CURRENT_USER, response);
                }
                return TokenResponseParser.identity(body(response));
            });
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    @Override
    public void revoke(Secret accessToken) {
        try {
            ask(to(CURRENT_TOKEN, bearer(accessToken)).delete(), response -> {
                // 401: the token was dead already, so it is revoked.
                if (!response.isSuccessful() && response.code() != 401) {
                    throw unavailable(CURRENT_TOKEN, response);
                }
                return true;
            });
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private <T> T ask(Request.Builder request, ZendeskCall.Reading<T> reading) throws IOException {
        return call(new ZendeskCall(connection.timeouts(), deadlines), request, reading);
    }

    private <T> T call(ZendeskCall call, Request.Builder request, ZendeskCall.Reading<T> reading) throws IOException {
        return call.execute(
                transport.client(),
                request.header("Accept", "application/json").header("User-Agent", USER_AGENT),
                reading);
    }

    private Request.Builder to(String path, Secret authorization) {
        return new Request.Builder().url(connection.url() + path).header("Authorization", authorization.reveal());
    }

    private static Secret bearer(Secret accessToken) {
        return Secret.of("Bearer " + accessToken.reveal());
    }

    private TokenRequestOutcome outcome(Response response) throws IOException {
        if (response.isSuccessful()) {
            return success(response);
        }
        byte[] body = body(response);
        int status = response.code();
        Duration wait = RetryAfter.parse(response.header("Retry-After"), clock);
        if (status == 429 || status == 503 || status == 408 || status == 421 || status == 425) {
            return new TokenRequestOutcome.Unavailable("status " + status, wait);
        }
        if (response.isRedirect()) {
            return new TokenRequestOutcome.Unavailable(
                    "a redirect, status " + status + ", which is not followed: check url and tokenEndpointPath", wait);
        }
        if (status >= 500) {
            return new TokenRequestOutcome.Ambiguous("status " + status, false, null);
        }
        return TokenResponseParser.refusal(body)
                .<TokenRequestOutcome>map(rejected -> rejected)
                .orElseGet(() -> new TokenRequestOutcome.Unavailable(
                        "status " + status + " without an OAuth error: check url and tokenEndpointPath", wait));
    }

    /** Zendesk has committed by now, so even the half of an answer is worth keeping: it may hold the refresh token. */
    private static TokenRequestOutcome success(Response response) {
        try {
            return TokenResponseParser.success(body(response));
        } catch (IOException e) {
            return new TokenRequestOutcome.Unparsed(
                    response.body().source().getBuffer().readByteArray(), "it broke off");
        }
    }

    private static TokenRequestOutcome lost(IOException e) {
        String what = e instanceof InterruptedIOException ? "no answer in time" : "a broken connection";
        return new TokenRequestOutcome.Ambiguous(what, true, e);
    }

    /** Up to the limit; a longer body is cut, which no answer of the token endpoint survives. */
    private static byte[] body(Response response) throws IOException {
        var source = response.body().source();
        source.request(MOST_BYTES);
        return source.getBuffer()
                .readByteArray(Math.min(MOST_BYTES, source.getBuffer().size()));
    }

    private static TokenEndpointUnavailable unreachable(IOException e) {
        return new TokenEndpointUnavailable("Zendesk could not be reached: " + LogSafeText.oneLine(e), null, e);
    }

    private TokenEndpointUnavailable unavailable(String path, Response response) {
        return new TokenEndpointUnavailable(
                connection.url() + path + " answered status " + response.code(),
                RetryAfter.parse(response.header("Retry-After"), clock),
                null);
    }
}
