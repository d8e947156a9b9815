package io.github.camelzendesk.examples.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.TokenRequestSeen;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * Knows what was injected and what Zendesk saw, and so what must not happen: a refresh token that is presented twice, or a
 * grant that is lost, without a fault that explains it. Thread-safe.
 */
final class Oracle {
    // Between the moment at which the stand-in notes a request and its answer's way back.
    private static final Duration SLACK = Duration.ofMillis(500);

    private final ZendeskServer zendesk;
    private Instant begun;
    private final boolean lockCanBeLost;
    private final List<Injected> injected = new ArrayList<>(); // guarded by this, as all below
    private final Map<String, Presented> presented = new HashMap<>();
    private final Map<String, Presented> lastOfClient = new HashMap<>();
    private final Map<String, Instant> logins = new HashMap<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Set<String> violations = new LinkedHashSet<>();
    private int seen;
    private int refreshes;
    private int replays;

    /** @param lockCanBeLost whether a process that is stopped for long may lose the lock of the settings */
    Oracle(ZendeskServer zendesk, boolean lockCanBeLost) {
        this.zendesk = zendesk;
        this.begun = zendesk.now();
        this.lockCanBeLost = lockCanBeLost;
    }

    /** Null is the end of a fault that lasts. */
    private record Injected(Fault fault, Instant from, @Nullable Instant to) {
        boolean overlaps(Instant since, Instant until) {
            return !from.isAfter(until) && (to == null || !to.isBefore(since));
        }
    }

    /** Who was the first to present a refresh token. Immutable. */
    private record Presented(String process, Instant at) {}

    /**
     * A grant that is over. Immutable.
     *
     * @param at in seconds
     */
    record Loss(double at, String person, String name, String cause) {}

    /** How often what happened. Immutable. */
    record Counts(int spends, int refused, int replays, List<Loss> losses, Set<String> violations) {}

    /** Says whether that is new. */
    synchronized boolean violated(String what) {
        return violations.add(what);
    }

    synchronized void begins(Fault fault) {
        injected.add(new Injected(fault, zendesk.now(), null));
    }

    synchronized void ends(Fault fault) {
        injected.replaceAll(one -> one.fault == fault ? new Injected(fault, one.from, zendesk.now()) : one);
    }

    /** The time of the run begins. */
    synchronized void begin() {
        begun = zendesk.now();
    }

    synchronized void loggedIn(Person person) {
        logins.put(person.name, zendesk.now());
    }

    /** Judges the token requests that came since the last look. */
    synchronized void look() {
        List<TokenRequestSeen> requests = zendesk.tokenRequests();
        requests.subList(seen, requests.size()).stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .forEach(this::judge);
        seen = requests.size();
    }

    private void judge(TokenRequestSeen request) {
        refreshes++;
        String token = String.valueOf(request.parameter("refresh_token"));
        String process = String.valueOf(request.parameter("process"));
        Presented first = presented.putIfAbsent(token, new Presented(process, request.at()));
        lastOfClient.put(String.valueOf(request.parameter("client_id")), presented.get(token));
        if (first != null) {
            replays++;
            if (cause(first, request.at()).isEmpty()) {
                violations.add("Process " + process + " presented a refresh token that process " + first.process
                        + " had presented "
                        + Duration.between(first.at, request.at()).toMillis()
                        + " ms before, and no fault explains that");
            }
        }
    }

    /** The last fault that can have taken the answer from who presented the token first. */
    private Optional<Injected> cause(Presented first, Instant until) {
        return injected.stream()
                .filter(one -> takesAnswers(one.fault.kind())
                        && String.valueOf(one.fault.target()).equals(first.process)
                        && one.overlaps(first.at.minus(SLACK), until))
                .max(Comparator.comparing(Injected::from));
    }

    /** A stop, a full disk, a wrong clock and a restarted context must not cost a grant. */
    private boolean takesAnswers(Fault.Kind kind) {
        return kind == Fault.Kind.KILLED || kind.cutsNetwork() || lockCanBeLost && kind == Fault.Kind.STOPPED;
    }

    /**
     * A grant is over, and its settings say why.
     *
     * @param number of the person, from 1
     */
    synchronized Loss lost(Person person, int number, String reason) {
        look();
        Instant now = zendesk.now();
        Optional<Injected> cause =
                switch (reason) {
                    case "RESPONSE_LOST" ->
                        Optional.ofNullable(lastOfClient.get(person.clientId)).flatMap(first -> cause(first, now));
                    case "REFUSED" -> revocation(person, number, now);
                    default -> Optional.empty();
                };
        if (cause.isEmpty()) {
            violations.add("The grant of " + person.name + " was lost as " + reason + ", and no fault explains that");
        }
        double at = Duration.between(begun, now).toMillis() / 1000.0;
        Loss loss = new Loss(at, person.name, reason, cause.map(Oracle::told).orElse("none"));
        losses.add(loss);
        return loss;
    }

    private Optional<Injected> revocation(Person person, int number, Instant until) {
        Instant login = logins.getOrDefault(person.name, Instant.MIN);
        return injected.stream()
                .filter(one -> one.fault.kind() == Fault.Kind.REVOKED
                        && one.fault.target() == number
                        && one.overlaps(login, until))
                .reduce((one, other) -> other);
    }

    private static String told(Injected one) {
        String who = one.fault.kind() == Fault.Kind.REVOKED ? "an administrator" : "process " + one.fault.target();
        return who + ": " + one.fault.kind().text;
    }

    synchronized Counts counts() {
        look();
        int spends = zendesk.rotationCount();
        return new Counts(spends, refreshes - spends, replays, List.copyOf(losses), Set.copyOf(violations));
    }
}
