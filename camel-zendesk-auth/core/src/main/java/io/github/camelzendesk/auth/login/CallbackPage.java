package io.github.camelzendesk.auth.login;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The fixed pages that the callback address answers with. They hold no script and echo nothing. */
enum CallbackPage {
    SUCCESS(
            "200 OK",
            "You are logged in",
            "Zendesk has given its consent. You can close this tab and go back to your" + " application.",
            "ok"),
    REFUSED(
            "200 OK",
            "The login was refused",
            "Nothing was granted. You can close this tab; your application knows.",
            "no"),
    UNKNOWN_LOGIN(
            "404 Not Found",
            "Nobody waits for this",
            "This login has ended already, or belongs to another" + " window. Begin again from your application.",
            "no"),
    NOT_FOUND("404 Not Found", "There is nothing here", "This address only receives the answer to a login.", "no"),
    AT_LOCALHOST("localhost"),
    AT_IPV4("127.0.0.1"),
    AT_IPV6("[::1]"),
    BAD_REQUEST("400 Bad Request", "This is not an answer to a login", "Begin again from your application.", "no");

    private final byte[] response;

    CallbackPage(String status, String title, String text, String mark) {
        this.response = response(status, title, text, mark);
    }

    /** For a callback under another name of this machine than the one that is registered, which is this. */
    CallbackPage(String expected) {
        this(
                "400 Bad Request",
                "This login is answered at " + expected,
                "In the address line, put " + expected
                        + " in place of the host name, keep all the rest, and press Enter.",
                "no");
    }

    static CallbackPage at(String expected) {
        return expected.equals("localhost") ? AT_LOCALHOST : expected.equals("127.0.0.1") ? AT_IPV4 : AT_IPV6;
    }

    /** The whole HTTP response. */
    byte[] response() {
        return response.clone();
    }

    private static byte[] response(String status, String title, String text, String mark) {
        String template = template();
        String style = template.substring(template.indexOf("<style>") + 7, template.indexOf("</style>"));
        byte[] body = template.replace("{title}", title)
                .replace("{text}", text)
                .replace("{mark}", mark)
                .getBytes(StandardCharsets.UTF_8);
        String head =
                "HTTP/1.1 " + status + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + body.length
                        + "\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer"
                        + "\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-"
                        + sha256(style) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    private static String template() {
        try (InputStream in = CallbackPage.class.getResourceAsStream("callback.html")) {
            if (in == null) {
                throw new IllegalStateException("callback.html is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
