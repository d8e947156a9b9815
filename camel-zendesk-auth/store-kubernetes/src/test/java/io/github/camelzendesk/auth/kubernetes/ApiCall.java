package io.github.camelzendesk.auth.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call as the API server's authorizer sees it: a list or watch with {@code fieldSelector=metadata.name=} is one of that
 * name. Immutable.
 */
record ApiCall(String group, String namespace, String resource, String name, String verb) {
    private static final Pattern PATH =
            Pattern.compile("/apis?/(?:([^/]+\\.[^/]+)/)?v1/namespaces/([^/]+)/([^/?]+)(?:/([^/?]+))?(?:\\?(.*))?");
    private static final Pattern SELECTED = Pattern.compile("fieldSelector=metadata\\.name(?:%3D|=)([^&]+)");

    static ApiCall of(String method, String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return new ApiCall("", "", path, "", method);
        }
        String query = parts.group(5) == null ? "" : parts.group(5);
        Matcher selected = SELECTED.matcher(query);
        String name = parts.group(4) != null ? parts.group(4) : selected.find() ? selected.group(1) : "";
        String group = parts.group(1) == null ? "" : parts.group(1);
        return new ApiCall(group, parts.group(2), parts.group(3), name, verb(method, query, parts.group(4) != null));
    }

    private static String verb(String method, String query, boolean named) {
        return switch (method) {
            case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> method;
        };
    }

    boolean is(String aVerb, String aResource) {
        return verb.equals(aVerb) && resource.equals(aResource);
    }
}
