package io.github.camelzendesk.auth.oauth.internal.wire;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Answers a proxy that asks who we are (RFC 9110 section 15.5.8), or says which options do. Immutable and thread-safe.
 *
 * @param proxy null for one of the JVM's, of which we know no user
 */
record ProxyAuthenticator(@Nullable ProxyServer proxy) implements Authenticator {
    private static final String HEADER = "Proxy-Authorization";
    /** OkHttp asks once before it asks the proxy. */
    private static final String PREEMPTIVE = "OkHttp-Preemptive";

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) throws IOException {
        List<String> schemes =
                response.challenges().stream().map(Challenge::scheme).toList();
        String authorization = proxy == null ? null : proxy.authorization();
        if (schemes.contains(PREEMPTIVE)) {
            return authorization == null ? null : with(authorization, response);
        }
        if (authorization == null) {
            throw new IOException(
                    "the proxy asks for a user (407): set proxyHost, proxyPort, proxyUser and" + " proxyPassword");
        }
        if (schemes.stream().noneMatch("Basic"::equalsIgnoreCase)) {
            throw new IOException("the proxy asks for another authentication than Basic (407), and only that is spoken"
                    + " here: run a local proxy that speaks it, and set proxyHost and proxyPort to that one");
        }
        if (response.request().header(HEADER) != null) {
            throw new IOException("the proxy does not accept proxyUser and proxyPassword (407): correct them");
        }
        return with(authorization, response);
    }

    private static Request with(String authorization, Response response) {
        return response.request().newBuilder().header(HEADER, authorization).build();
    }
}
