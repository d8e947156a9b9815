package io.github.camelzendesk.auth;

import java.io.InputStream;
import java.io.Reader;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.spi.HttpResponseAware;

/**
 * Whether Zendesk answered 401 because of the token: RFC 6750 section 3.1 {@code invalid_token}. Stateless.
 *
 * <p>A 401 without any words counts as one, because some of Zendesk's answers have no body; one that says something else,
 * such as "Couldn't authenticate you", does not.
 */
final class InvalidToken {
    private static final int UNAUTHORIZED = 401;
    private static final int MOST_BYTES = 64 * 1024;
    private static final String WORD = "invalid_token";

    private InvalidToken() {}

    static boolean isAnswerOf(Exchange exchange) {
        for (Throwable cause = exchange.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpResponseAware response) {
                return response.getHttpResponseCode() == UNAUTHORIZED && saysSo(words(cause));
            }
        }
        Message message = exchange.getMessage();
        Integer code = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return exchange.getException() == null && code != null && code == UNAUTHORIZED && saysSo(words(message));
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

    private static boolean saysSo(String words) {
        return words.isBlank() || words.contains(WORD);
    }

    private static String words(Throwable failure) {
        try {
            return Typed.words(failure);
        } catch (NoClassDefFoundError e) {
            // Without camel-http-base on the class path, the failure is another HTTP component's, and keeps its words.
            return "";
        }
    }

    private static String words(Message message) {
        String challenge = message.getHeader("WWW-Authenticate", "", String.class);
        cacheStream(message);
        if (message.getBody() instanceof StreamCache stream) {
            String text = stream.length() > MOST_BYTES ? "" : message.getBody(String.class);
            stream.reset();
            return challenge + text;
        }
        String text = message.getBody(String.class);
        return text == null ? challenge : challenge + text;
    }

    /** Loaded only where Camel's own HTTP components are. */
    private static final class Typed {
        static String words(Throwable failure) {
            if (!(failure instanceof HttpOperationFailedException http)) {
                return "";
            }
            Map<String, String> headers = http.getResponseHeaders();
            String challenge = headers == null ? null : headers.get("WWW-Authenticate");
            String body = http.getResponseBody();
            return (challenge == null ? "" : challenge) + (body == null ? "" : body);
        }
    }
}
