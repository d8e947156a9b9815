package io.github.camelzendesk.auth.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** One request to the stand-in, taken apart. Immutable. */
record Call(String method, String url, Map<String, String> headers, String body) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    String path() {
        int question = url.indexOf('?');
        return question < 0 ? url : url.substring(0, question);
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** Where the caller found the stand-in: at a TLS terminator, if one says that it stands before it. */
    String origin() {
        return first("X-Forwarded-Proto", "http") + "://" + first("X-Forwarded-Host", headers.getOrDefault("Host", ""));
    }

    /** The first of several values is the outermost terminator's. */
    private String first(String header, String otherwise) {
        return headers.getOrDefault(header, otherwise).split(",", 2)[0].trim();
    }

    Map<String, String> query() {
        return form(url.substring(path().length()));
    }

    /** The address of another page of the same list. */
    String address(Map<String, String> changes) {
        Map<String, String> query = query();
        query.keySet().removeIf(name -> name.startsWith("page["));
        query.putAll(new TreeMap<>(changes));
        return origin() + path() + "?" + form(query);
    }

    /** The ids that a query has, with commas between. */
    List<String> ids() {
        return List.of(query().getOrDefault("ids", "").split(","));
    }

    /** The objects that a request sends under the name of their list. */
    List<Map<String, @Nullable Object>> several(String name) {
        return Json.map(body).get(name) instanceof List<?> several
                ? several.stream().map(Json::object).toList()
                : List.of();
    }

    /** The members of the object that a request sends under its name; none for anything else. */
    Map<String, @Nullable Object> sent(String name) {
        return Json.object(Json.map(body).get(name));
    }

    /** A number from 1 to the most, which is what a larger one is taken for. */
    static int number(@Nullable String text, int otherwise, int most) {
        boolean usable = text != null && NUMBER.matcher(text).matches();
        return usable ? Math.max(1, Math.min(most, Integer.parseInt(text))) : otherwise;
    }

    String contentType() {
        return headers.getOrDefault("Content-Type", "");
    }

    /** What query and body say, the body having the last word. */
    Map<String, String> parameters() {
        Map<String, String> all = query();
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

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Call[" + method + " " + path() + "]";
    }
}
