package io.github.camelzendesk.auth.testkit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** One request to the stand-in, taken apart. Immutable. */
record Call(String method, String url, Map<String, String> headers, String body) {
    String path() {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    String contentType() {
        return headers.getOrDefault("Content-Type", "");
    }

    /** What query and body say, the body having the last word. */
    Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>(form(url.substring(path().length())));
        all.putAll(members());
        return all;
    }

    private Map<String, String> members() {
        if (contentType().contains("json")) {
            return Json.flat(body);
        }
        return contentType().contains("x-www-form-urlencoded") ? form(body) : Map.of();
    }

    /** Takes a form apart, or a query with its question mark. */
    static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        String pairs = encoded.startsWith("?") ? encoded.substring(1) : encoded;
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Call[" + method + " " + path() + "]";
    }
}
