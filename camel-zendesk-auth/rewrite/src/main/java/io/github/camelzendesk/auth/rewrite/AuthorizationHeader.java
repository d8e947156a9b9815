package io.github.camelzendesk.auth.rewrite;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a step that sets an {@code Authorization} can go: only when each endpoint that gets the header
 * afterwards is of one account, or one that sends it nowhere. Stateless.
 */
final class AuthorizationHeader {
    /** Steps that go to an endpoint, or to several. */
    static final Set<String> STEPS = Set.of(
            "to", "toD", "toF", "wireTap", "enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    private static final Set<String> CALLS = Set.of("http", "https");
    private static final Set<String> HARMLESS = Set.of("log", "mock");

    private AuthorizationHeader() {}

    static boolean isName(String header) {
        return header.equalsIgnoreCase("Authorization");
    }

    static boolean isBasic(String value) {
        return value.regionMatches(true, 0, "Basic ", 0, "Basic ".length());
    }

    /** A value of message data may be another user's each time. Placeholders are the same for all messages. */
    static boolean isFixed(String value) {
        return isBasic(value) && !value.contains("${");
    }

    /** What becomes of a step: it goes, it is none of ours, or it stays with a comment. */
    enum Fate {
        GOES,
        KEPT,
        LEFT
    }

    /** @param endpoints the URIs of all later steps; an empty one where it is not known */
    static Fate fate(List<String> endpoints, UriMigration migration) {
        List<CamelUri> calls = endpoints.stream()
                .map(CamelUri::parse)
                .filter(uri -> !HARMLESS.contains(uri.scheme()))
                .toList();
        if (calls.stream().anyMatch(migration::isExcluded)) {
            return Fate.KEPT;
        }
        Set<Optional<Connection>> accounts =
                calls.stream().map(uri -> account(uri, migration)).collect(Collectors.toSet());
        return accounts.size() == 1 && accounts.iterator().next().isPresent() ? Fate.GOES : Fate.LEFT;
    }

    private static Optional<Connection> account(CamelUri uri, UriMigration migration) {
        return CALLS.contains(uri.scheme()) && migration.ofCallWithHeader(uri) instanceof Outcome.Moved moved
                ? Optional.of(moved.handOver().connection())
                : Optional.empty();
    }
}
