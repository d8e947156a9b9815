package io.github.camelzendesk.auth.cli.internal.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

import okhttp3.Headers;
import okhttp3.Response;

/** Which headers go through the proxy. Stateless. */
final class ForwardedHeaders {
    /** What is between two hops only (RFC 9110 section 7.6.1), and what each hop says for itself. */
    private static final Set<String> HOP = Set.of(
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "host",
            "expect",
            "content-length",
            "forwarded");
    /** What is of the account's own origin, which the proxy's address is not. */
    private static final Set<String> OF_THE_ORIGIN = Set.of("set-cookie", "set-cookie2", "alt-svc");

    private static final List<String> HOP_PREFIXES = List.of("proxy-", "x-forwarded-");
    private static final int LAST_OF_ASCII = 0x7e;

    private ForwardedHeaders() {}

    /** Those of a request, without all that says who calls. */
    static Headers.Builder ofRequest(HttpFields fields) {
        Set<String> named = named(fields.getCSV(HttpHeader.CONNECTION, false).stream());
        Headers.Builder headers = new Headers.Builder();
        for (HttpField field : fields) {
            if (!isOfHop(field.getName(), named) && !ConfiguredHeaders.isForeign(field.getName())) {
                add(headers, field.getName(), field.getValue());
            }
        }
        // Else OkHttp asks for a compressed body, and unpacks it.
        return headers.get("Accept-Encoding") == null ? headers.set("Accept-Encoding", "identity") : headers;
    }

    private static void add(Headers.Builder headers, String name, String value) {
        boolean plain = value.chars().allMatch(character -> character <= LAST_OF_ASCII);
        if (plain) {
            headers.add(name, value);
        } else {
            headers.addUnsafeNonAscii(name, value);
        }
    }

    /** Those of an answer, with its length. */
    static void ofAnswer(Response answer, HttpFields.Mutable fields) {
        Set<String> named = named(answer.headers("Connection").stream().flatMap(line -> Stream.of(line.split(","))));
        answer.headers().forEach(header -> {
            String name = header.getFirst();
            if (!isOfHop(name, named) && !OF_THE_ORIGIN.contains(name.toLowerCase(Locale.ROOT))) {
                fields.add(name, header.getSecond());
            }
        });
        String length = answer.header("Content-Length");
        if (length != null && answer.code() != 204) {
            fields.put(HttpHeader.CONTENT_LENGTH, length);
        }
    }

    private static Set<String> named(Stream<String> names) {
        return names.map(name -> name.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static boolean isOfHop(String name, Set<String> named) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return HOP.contains(lower)
                || named.contains(lower)
                || HOP_PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
