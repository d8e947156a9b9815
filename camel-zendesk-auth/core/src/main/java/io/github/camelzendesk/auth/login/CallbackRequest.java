package io.github.camelzendesk.auth.login;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The head of one request to the callback address (RFC 9112 section 3). Immutable.
 *
 * @param host the {@code Host} header; empty when there is not exactly one
 * @param isNavigation whether a window was led here. Not an image, a script, a frame, or what a browser fetches ahead;
 *     one that does not tell of itself is taken for a window
 */
record CallbackRequest(String method, String path, String query, String host, boolean isNavigation) {
    private static final int MOST_BYTES = 8 * 1024;
    private static final int READ_MILLIS = 5_000;
    private static final int DRAIN_MILLIS = 1_000;

    /** Reads one request and answers it; an incomplete or silent connection is given up after five seconds. */
    static void answer(Socket connection, Function<CallbackRequest, CallbackPage> pages) throws IOException {
        connection.setSoTimeout(READ_MILLIS);
        Optional<String> head = readHead(connection.getInputStream());
        CallbackPage page = head.flatMap(CallbackRequest::parse).map(pages).orElse(CallbackPage.BAD_REQUEST);
        connection.getOutputStream().write(page.response());
        connection.getOutputStream().flush();
        connection.shutdownOutput();
        drain(connection);
    }

    /** Closing on unread bytes would reset the connection, and the page with it (RFC 9112 section 9.6). */
    private static void drain(Socket connection) throws IOException {
        connection.setSoTimeout(DRAIN_MILLIS);
        byte[] unread = new byte[MOST_BYTES];
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        int length = 0;
        while (length >= 0 && System.nanoTime() < deadline) {
            length = connection.getInputStream().read(unread);
        }
    }

    static Optional<CallbackRequest> parse(String head) {
        String[] lines = head.split("\r\n", -1);
        String[] request = lines[0].split(" ", -1);
        if (request.length != 3 || !request[1].startsWith("/") || !request[2].startsWith("HTTP/1.")) {
            return Optional.empty();
        }
        int question = request[1].indexOf('?');
        return Optional.of(new CallbackRequest(
                request[0],
                question < 0 ? request[1] : request[1].substring(0, question),
                question < 0 ? "" : request[1].substring(question + 1),
                host(lines),
                isNavigation(lines)));
    }

    private static String host(String[] lines) {
        List<String> hosts = values(lines, "host");
        return hosts.size() == 1 ? hosts.get(0) : "";
    }

    /** By Fetch Metadata, which no page can change, and what browsers say of what they fetch ahead. */
    private static boolean isNavigation(String[] lines) {
        return values(lines, "sec-fetch-dest").stream().allMatch("document"::equalsIgnoreCase)
                && values(lines, "sec-fetch-mode").stream().allMatch("navigate"::equalsIgnoreCase)
                && Stream.of("sec-purpose", "purpose")
                        .flatMap(name -> values(lines, name).stream())
                        .noneMatch(purpose -> purpose.toLowerCase(Locale.ROOT).contains("prefetch"));
    }

    private static List<String> values(String[] lines, String name) {
        return Arrays.stream(lines)
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .toList();
    }

    private static Optional<String> readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        // The socket's timeout starts again with each byte, so a trickle needs a limit of its own.
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_MILLIS);
        while (head.size() < MOST_BYTES && System.nanoTime() < deadline) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1).strip());
            }
        }
        return Optional.empty();
    }
}
