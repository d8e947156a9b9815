package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** One request to the stand-in, taken apart. Immutable. */
record Call(String method, URI address, Map<String, String> headers, String body) {
    String path() {
        return address.getPath();
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    Map<String, String> query() {
        return form(address.getRawQuery());
    }

    Map<String, String> form() {
        return form(body);
    }

    static Map<String, String> form(@Nullable String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : (encoded == null ? "" : encoded).split("&", -1)) {
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
}
