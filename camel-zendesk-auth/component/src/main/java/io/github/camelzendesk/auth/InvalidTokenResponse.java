package io.github.camelzendesk.auth;

import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.spi.HttpResponseAware;

import io.github.camelzendesk.auth.oauth.internal.wire.BearerError;

/**
 * Whether Zendesk answered 401 because of the token: RFC 6750 section 3.1 {@code invalid_token}. Stateless.
 *
 * <p>Any other 401, such as "Couldn't authenticate you" or one without words, is not cured by another token.
 */
final class InvalidTokenResponse {
    private static final int UNAUTHORIZED = 401;
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String WORD = "invalid_token";

    private InvalidTokenResponse() {}

    static boolean isAnswerOf(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseAware response) {
                return response.getHttpResponseCode() == UNAUTHORIZED && saysSo(cause);
            }
        }
        Message message = exchange.getMessage();
        Integer code = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return exchange.getException() == null && code != null && code == UNAUTHORIZED && saysSo(message);
    }

    /** Makes a stream in the body one that can be read again. */
    static void cacheStream(Message message) {
        Object body = message.getBody();
        if ((body instanceof InputStream || body instanceof Reader) && !(body instanceof StreamCache)) {
            Exchange exchange = message.getExchange();
            StreamCache cached =
                    exchange.getContext().getTypeConverter().tryConvertTo(StreamCache.class, exchange, body);
            if (cached != null) {
                message.setBody(cached);
            }
        }
    }

    private static boolean saysSo(Message message) {
        cacheStream(message);
        if (message.getBody() instanceof StreamCache stream) {
            byte[] body = stream.length() > BearerError.MOST_BYTES ? new byte[0] : message.getBody(byte[].class);
            stream.reset();
            return saysSo(message.getHeader(CHALLENGE, String.class), body);
        }
        return saysSo(message.getHeader(CHALLENGE, String.class), message.getBody(byte[].class));
    }

    private static boolean saysSo(Throwable failure) {
        try {
            return Typed.saysSo(failure);
        } catch (NoClassDefFoundError e) {
            // Without camel-http-base on the class path, the failure is another HTTP component's, and keeps its words.
            return false;
        }
    }

    private static boolean saysSo(String challenge, byte[] body) {
        return (challenge != null && challenge.contains(WORD)) || (body != null && BearerError.isInvalidToken(body));
    }

    /** Loaded only where Camel's own HTTP components are. */
    private static final class Typed {
        static boolean saysSo(Throwable failure) {
            if (!(failure instanceof HttpOperationFailedException http)) {
                return false;
            }
            Map<String, String> headers = http.getResponseHeaders();
            String body = http.getResponseBody();
            return InvalidTokenResponse.saysSo(
                    headers == null ? null : headers.get(CHALLENGE),
                    body == null ? null : body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
