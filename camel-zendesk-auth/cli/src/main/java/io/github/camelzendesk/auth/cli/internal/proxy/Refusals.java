package io.github.camelzendesk.auth.cli.internal.proxy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** What the proxy does not serve. Immutable and thread-safe. */
record Refusals(ProxyAddress address) {
    /** Without CONNECT, which would be a tunnel, and TRACE, whose answer would show the token. */
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** What servers disagree about: steps upwards, and separators or controls in disguise, however often encoded. */
    private static final Pattern DISGUISED =
            Pattern.compile("(?i).*(?://|[\\\\;]|%(?:25)*(?:2e|2f|5c|3b|7f|[01][0-9a-f])|/\\.{1,2}(?:/|$)).*");

    /** Null for a request that is served. A web page does not even learn that a token is needed. */
    @Nullable
    Problem of(Request request) {
        if (!METHODS.contains(request.getMethod())) {
            return methodRefused();
        }
        if (!isCalledByItsName(request)) {
            return new Problem(
                    421,
                    "OtherHost",
                    "This proxy serves its own address alone: call " + address + "/api/v2/... with that host.");
        }
        if (isOfAPage(request.getHeaders())) {
            return new Problem(
                    403, "WebPage", "This proxy serves programs, and no web pages (Origin, Sec-Fetch-Site).");
        }
        return address.isOwners(request) ? unserved(request) : tokenNeeded();
    }

    private Problem methodRefused() {
        String methods = String.join(", ", METHODS);
        return new Problem(
                405,
                "MethodRefused",
                "This proxy serves " + methods + ". It is no tunnel: call " + address + "/api/v2/... itself.",
                // What follows a CONNECT is for the tunnel.
                Map.of("Allow", methods, "Connection", "close"));
    }

    /** By the header, and by a whole address in the first line, which outranks it. */
    private boolean isCalledByItsName(Request request) {
        List<String> hosts = request.getHeaders().getValuesList(HttpHeader.HOST);
        return hosts.size() == 1
                && address.isHost(hosts.get(0))
                && address.isHost(String.valueOf(request.getHttpURI().getAuthority()));
    }

    private static boolean isOfAPage(HttpFields headers) {
        String site = headers.get("Sec-Fetch-Site");
        return headers.contains(HttpHeader.ORIGIN) || (site != null && !site.equals("none"));
    }

    private Problem tokenNeeded() {
        return new Problem(
                401,
                "TokenNeeded",
                "This proxy needs its token, which is in the file that 'zendesk-auth serve' named when it began: send"
                        + " 'Authorization: Bearer TOKEN', or TOKEN as the password of any user.",
                Map.of("WWW-Authenticate", "Bearer realm=\"zendesk-auth serve\", Basic realm=\"zendesk-auth serve\""));
    }

    private static @Nullable Problem unserved(Request request) {
        String upgrade = request.getHeaders().get(HttpHeader.UPGRADE);
        String path = request.getHttpURI().getPath();
        // What Java's own client asks of each server may be passed over in silence (RFC 9110 section 7.8).
        if (upgrade != null && !upgrade.equalsIgnoreCase("h2c")) {
            return new Problem(501, "UpgradeRefused", "This proxy speaks HTTP/1.1 and upgrades to nothing else.");
        }
        if (path == null || !path.startsWith("/") || DISGUISED.matcher(path).matches()) {
            return new Problem(
                    400, "PathRefused", "The path must begin with / and have no '..', '//', ';' or encoded separator.");
        }
        if (!ForwardedBody.mayHave(request.getMethod()) && ForwardedBody.isThere(request)) {
            return new Problem(400, "BodyRefused", "A GET or HEAD has no body here: put its content into the query.");
        }
        String coding = request.getHeaders().get(HttpHeader.TRANSFER_ENCODING);
        return coding == null || coding.equalsIgnoreCase("chunked")
                ? null
                : new Problem(501, "CodingRefused", "This proxy knows no other Transfer-Encoding than chunked.");
    }
}
