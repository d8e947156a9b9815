package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/** What one Zendesk account has, is told to do, and has seen. For use under the protocol's lock. */
final class Account {
    private static final List<String> FIELDS =
            List.of("Subject", "Description", "Status", "Type", "Priority", "Group", "Assignee");

    final InstantSource clock;
    final Map<String, RegisteredClient> clients = new LinkedHashMap<>();
    final Grants grants;
    final Users users;
    final Map<Long, Store> comments = new HashMap<>();
    final Deque<TokenFault> tokenFaults = new ArrayDeque<>();
    final Deque<ApiFault> apiFaults = new ArrayDeque<>();
    final List<TokenRequestSeen> tokenRequests = new ArrayList<>();
    final List<ApiRequestSeen> apiRequests = new ArrayList<>();
    final Map<String, Created> created = new LinkedHashMap<>();
    final List<Instant> exports = new ArrayList<>();
    final List<Job> jobs = new ArrayList<>();
    private final Map<Resource, Store> stores = new EnumMap<>(Resource.class);
    private final Map<String, Long> tokenIds = new HashMap<>();
    private long ids = 1_000_000;
    private long ticketIds;

    @Nullable
    TokenFault standingFault;

    @Nullable
    Duration accessTokenLifetime;

    boolean jwtAccessTokens;
    boolean echoStateOnDeny = true;
    boolean answersAnything;
    boolean takesAnonymousRequests = true;
    boolean recordsApiRequests = true;
    int successStatus = 200;
    Duration exportDelay = Duration.ofMinutes(1);
    int exportLimit = 10;
    RateWindow rate = RateWindow.NONE;

    Account(InstantSource clock) {
        this.clock = clock;
        this.grants = new Grants(clock);
        for (Resource resource : Resource.values()) {
            stores.put(resource, newStore(resource));
        }
        stores.put(Resource.REQUESTS, store(Resource.TICKETS));
        this.users = new Users(store(Resource.USERS));
        FIELDS.forEach(this::addField);
    }

    private void addField(String title) {
        store(Resource.TICKET_FIELDS)
                .create(Map.of("title", title, "raw_title", title, "type", title.toLowerCase(Locale.ROOT)), Map.of());
    }

    Store store(Resource resource) {
        return Objects.requireNonNull(stores.get(resource));
    }

    Store newStore(Resource resource) {
        return new Store(resource, clock, resource == Resource.TICKETS ? () -> ++ticketIds : this::nextId);
    }

    long nextId() {
        return ++ids;
    }

    /** Makes a client known, or changes it, together with what a request says of it. */
    Entry register(RegisteredClient client, Map<String, @Nullable Object> sent) {
        clients.put(client.identifier(), client);
        Store store = store(Resource.CLIENTS);
        Entry known = store.find("identifier", client.identifier());
        Entry changed = known == null ? null : store.update(known.id(), sent);
        return changed != null
                ? changed
                : store.create(named(client.identifier(), sent), Map.of("identifier", client.identifier()));
    }

    private static Map<String, @Nullable Object> named(String identifier, Map<String, @Nullable Object> sent) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(sent);
        members.putIfAbsent("name", identifier);
        return members;
    }

    /** The client that is registered by this identifier. */
    RegisteredClient client(String identifier) {
        return Objects.requireNonNull(clients.get(identifier));
    }

    /** The numeric id of a client, null for one that is gone. */
    @Nullable
    Long clientId(String identifier) {
        Entry client = store(Resource.CLIENTS).find("identifier", identifier);
        return client == null ? null : client.id();
    }

    /** The numeric id of a pair of tokens. */
    long tokenId(IssuedTokens pair) {
        return tokenIds.computeIfAbsent(pair.accessToken(), token -> nextId());
    }

    @Nullable
    TokenFault nextTokenFault() {
        return tokenFaults.isEmpty() ? standingFault : tokenFaults.poll();
    }

    Terms expiring(RegisteredClient client) {
        return Terms.expiring(client.terms(), accessTokenLifetime, jwtAccessTokens);
    }

    Terms terms(RegisteredClient client, Map<String, String> form) {
        return Terms.of(client.terms(), form, accessTokenLifetime, jwtAccessTokens);
    }

    /** What was done to many, at what time. Immutable. */
    record Job(String id, Instant at, String type, List<Map<String, @Nullable Object>> results) {}

    /** A create that has been answered. Immutable. */
    record Created(Instant at, String request, Answer answer) {}
}
