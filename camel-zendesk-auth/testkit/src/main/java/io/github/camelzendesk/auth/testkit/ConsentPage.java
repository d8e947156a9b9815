package io.github.camelzendesk.auth.testkit;

import java.util.Map;

/** The pages that a person meets. Stateless. */
final class ConsentPage {
    private static final String STYLE =
            "<style>body{font:16px/1.6 system-ui,sans-serif;background:#f3f4f2;color:#17353b;"
                    + "display:grid;place-items:center;min-height:100vh;margin:0}main{background:#fff;border-radius:14px;"
                    + "padding:40px;max-width:26rem;box-shadow:0 20px 50px -30px #123}button{font:inherit;padding:.6em 1.6em;"
                    + "border-radius:8px;border:1px solid #17494d;background:#fff;color:#17494d;margin-right:.6em}"
                    + "#allow{background:#17494d;color:#fff}</style>";

    private ConsentPage() {}

    static String of(String client, Map<String, String> ask) {
        StringBuilder hidden = new StringBuilder();
        ask.forEach((name, value) -> hidden.append("<input type=\"hidden\" name=\"")
                .append(escaped(name))
                .append("\" value=\"")
                .append(escaped(value))
                .append("\">"));
        return "<!doctype html><html lang=\"en\"><title>Consent</title>" + STYLE + "<main><h1>Allow " + escaped(client)
                + "?</h1><p>It asks for: " + escaped(ask.getOrDefault("scope", "")) + "</p><form method=\"post\">"
                + hidden + "<button id=\"allow\" name=\"decision\" value=\"allow\">Allow</button>"
                + "<button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></form></main></html>";
    }

    static String invalidRequest() {
        return "<!doctype html><html lang=\"en\"><title>invalid_request</title>" + STYLE
                + "<main><h1>invalid_request</h1><p>The request is missing a required parameter, or is otherwise"
                + " malformed.</p></main></html>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
