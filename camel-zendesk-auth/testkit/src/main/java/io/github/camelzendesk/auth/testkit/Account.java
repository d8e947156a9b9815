package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What one Zendesk account has, is told to do, and has seen. For use under the protocol's lock. */
final class Account {
    final InstantSource clock;
    final Map<String, RegisteredClient> clients = new LinkedHashMap<>();
    final Users users = new Users();
    final Grants grants;
    final Deque<TokenFault> tokenFaults = new ArrayDeque<>();
    final Deque<ApiFault> apiFaults = new ArrayDeque<>();
    final List<TokenRequestSeen> tokenRequests = new ArrayList<>();
    final List<ApiRequestSeen> apiRequests = new ArrayList<>();
    final Tickets tickets;
    final Map<String, Created> created = new LinkedHashMap<>();
    final List<Instant> exports = new ArrayList<>();

    @Nullable
    TokenFault standingFault;

    @Nullable
    Duration accessTokenLifetime;

    boolean jwtAccessTokens;
    boolean echoStateOnDeny;
    int successStatus = 200;
    Duration exportDelay = Duration.ofMinutes(1);
    int exportLimit = 10;

    /** A create that has been answered. Immutable. */
    record Created(Instant at, String request, Answer answer) {}

    Account(InstantSource clock) {
        this.clock = clock;
        this.grants = new Grants(clock);
        this.tickets = new Tickets(clock);
    }

    @Nullable
    TokenFault nextTokenFault() {
        return tokenFaults.isEmpty() ? standingFault : tokenFaults.poll();
    }

    Terms terms(Map<String, String> form) {
        return Terms.of(form, accessTokenLifetime, jwtAccessTokens);
    }
}
