package io.github.camelzendesk.auth.options;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/** Turns what people write for a Zendesk account into its origin. Stateless. */
public final class ZendeskUrl {
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/");
    private static final int MOST_PORT = 65_535;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private ZendeskUrl() {}

    /** {@code acme}, {@code acme.zendesk.com} and the address of any page there become {@code https://acme.zendesk.com}. */
    public static String origin(String url) {
        String text = url.trim();
        if (SUBDOMAIN.matcher(text).matches() && !text.equalsIgnoreCase("localhost")) {
            return "https://" + text.toLowerCase(Locale.ROOT) + ".zendesk.com";
        }
        return originOf(parse(SCHEME.matcher(text).lookingAt() ? text : "https://" + text));
    }

    /** A path on the origin, or a whole address under the same rules as the origin's. */
    static String endpoint(String origin, String pathOrAddress, String option) {
        if (pathOrAddress != null && pathOrAddress.startsWith("/") && !pathOrAddress.startsWith("//")) {
            parse(origin + pathOrAddress);
            return origin + pathOrAddress;
        }
        if (pathOrAddress == null || !SCHEME.matcher(pathOrAddress).lookingAt()) {
            throw new ConfigurationRefused(option + " must be a path such as /oauth/tokens, or a whole https address.");
        }
        originOf(parse(pathOrAddress));
        return pathOrAddress;
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean port = uri.getPort() == -1 || uri.getPort() > 0 && uri.getPort() <= MOST_PORT;
            if (uri.getHost() != null && uri.getUserInfo() == null && port) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Without the cause, which quotes what may be a pasted secret.
        }
        throw new ConfigurationRefused(
                "url is not an address that can be understood: set it to https://{subdomain}.zendesk.com.");
    }

    private static String originOf(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean plain = scheme.equals("http") && LOOPBACK.matcher(host).matches();
        if (!scheme.equals("https") && !plain) {
            throw new ConfigurationRefused("url must begin with https:// (http is accepted for this machine only, and "
                    + host + " is another): credentials would cross the network in the clear.");
        }
        boolean usual = uri.getPort() < 0 || uri.getPort() == (plain ? HTTP_PORT : HTTPS_PORT);
        return scheme + "://" + host + (usual ? "" : ":" + uri.getPort());
    }
}
