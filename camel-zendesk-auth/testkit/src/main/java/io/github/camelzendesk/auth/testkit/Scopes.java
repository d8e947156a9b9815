package io.github.camelzendesk.auth.testkit;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** What scopes a client gets and what they allow. Stateless. */
final class Scopes {
    private static final Set<String> BROAD = Set.of("read", "write", "impersonate");
    private static final Set<String> RESOURCES = Set.of(
            "any_channel",
            "apps",
            "auditlogs",
            "automations",
            "dynamic_content",
            "groups",
            "hc",
            "macros",
            "organizations",
            "requests",
            "satisfaction_ratings",
            "targets",
            "themes",
            "ticket_attachments",
            "ticket_views",
            "tickets",
            "triggers",
            "unrestricted",
            "users",
            "web_widget",
            "webhooks",
            "zis");

    private Scopes() {}

    /** The scope that is granted: beyond the ceiling is refused, an unknown name is dropped without a word. */
    static String granted(RegisteredClient client, @Nullable String asked) {
        Set<String> ceiling = client.allowedScopes();
        if (asked == null || asked.isBlank()) {
            return ceiling.isEmpty() ? "read write" : String.join(" ", ceiling);
        }
        List<String> names = List.of(asked.trim().split("\\s+"));
        if (!ceiling.isEmpty() && !ceiling.containsAll(names)) {
            throw TokenError.scope();
        }
        return String.join(" ", names.stream().filter(Scopes::isKnown).toList());
    }

    /** Whether a scope allows to read or write a resource: neither of the two includes the other. */
    static boolean allows(String scope, String access, String resource) {
        List<String> names = List.of(scope.split(" "));
        return names.contains(access) || names.contains(resource + ":" + access);
    }

    private static boolean isKnown(String scope) {
        int colon = scope.indexOf(':');
        if (colon < 0) {
            return BROAD.contains(scope);
        }
        return RESOURCES.contains(scope.substring(0, colon))
                && Set.of("read", "write").contains(scope.substring(colon + 1));
    }
}
