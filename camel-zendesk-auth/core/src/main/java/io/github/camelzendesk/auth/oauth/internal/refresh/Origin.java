package io.github.camelzendesk.auth.oauth.internal.refresh;

import java.net.URI;

/** Scheme, host and port: whom a credential may be shown to (RFC 6454 section 4). Immutable. */
record Origin(String scheme, String host, int port) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    static Origin of(URI address) {
        return new Origin(address.getScheme(), bare(address.getHost()), port(address.getScheme(), address.getPort()));
    }

    boolean is(String otherScheme, String otherHost, int otherPort) {
        return scheme.equalsIgnoreCase(otherScheme)
                && host.equalsIgnoreCase(bare(otherHost))
                && port == port(otherScheme, otherPort);
    }

    /** An IPv6 address comes with brackets or without, as the caller's library likes it. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String scheme, int port) {
        return port >= 0 ? port : "https".equalsIgnoreCase(scheme) ? HTTPS_PORT : HTTP_PORT;
    }
}
