package io.github.camelzendesk.auth.rewrite;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Which accounts the recipes deal with, and what their connections are called: the two options of each recipe. Immutable. */
record Accounts(@Nullable String subdomain, @Nullable String connection) {
    /** The scheme, who logs in, and the host. A placeholder may be part of the host. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)(https?):/{0,2}([^/?#@]*@)?((?:\\{\\{[^}]*}}|\\$\\{[^}]*}|[^/?#:{}])+)(:443)?(?:[/?#].*)?");

    private static final Pattern HOST = Pattern.compile("(?i)(.+)\\.zendesk\\.com");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]*");

    /** What an address says: whether it is one of Zendesk, and of which account. */
    record Address(boolean isZendesk, boolean isPlainHttp, boolean hasUser, Optional<Connection> connection) {
        private static final Address ELSEWHERE = new Address(false, false, false, Optional.empty());
    }

    boolean isValid() {
        return connection == null || subdomain != null && connection.matches("[A-Za-z0-9_.-]{1,63}");
    }

    Address of(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            return Address.ELSEWHERE;
        }
        Matcher host = HOST.matcher(parts.group(3));
        return host.matches()
                ? new Address(
                        true,
                        parts.group(1).equalsIgnoreCase("http"),
                        parts.group(2) != null,
                        ofSubdomain(host.group(1)))
                : Address.ELSEWHERE;
    }

    /** None, when the account is not known before the application runs. */
    Optional<Connection> ofSubdomain(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (text.equals(subdomain)) {
            return Optional.of(new Connection(connection == null ? name : connection, text));
        }
        return SUBDOMAIN.matcher(name).matches() ? Optional.of(new Connection(name, name)) : Optional.empty();
    }

    /** Where a subdomain is set, all other accounts stay as they are. */
    boolean excludes(Connection other) {
        return subdomain != null && !subdomain.equals(other.url());
    }
}
