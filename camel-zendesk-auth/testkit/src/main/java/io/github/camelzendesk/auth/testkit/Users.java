package io.github.camelzendesk.auth.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.Store.Entry;

/** Who is known to the account, and who may call without OAuth. For use under the protocol's lock. */
final class Users {
    private final Store users;
    private final Map<String, String> passwords = new HashMap<>();
    private final Set<String> apiTokens = new HashSet<>();

    Users(Store users) {
        this.users = users;
        id(Caller.AGENT);
    }

    void add(String email, String password) {
        id(email);
        passwords.put(email, password);
    }

    void addApiToken(String email, String apiToken) {
        id(email);
        apiTokens.add(apiToken);
    }

    /** The id of an agent, who is added if need be. */
    long id(String email) {
        Entry known = users.find("email", email);
        return known != null
                ? known.id()
                : users.create(Map.of("name", "Agent", "email", email, "role", "agent"), Map.of())
                        .id();
    }

    /** The id of the person whom a ticket names, who is added if need be. */
    long endUser(Map<String, @Nullable Object> person) {
        Object email = person.get("email");
        Entry known = email == null ? null : users.find("email", email);
        Map<String, @Nullable Object> members = new LinkedHashMap<>(person);
        members.putIfAbsent("name", email);
        return known != null ? known.id() : users.create(members, Map.of()).id();
    }

    /** By an e-mail or a numeric id. */
    boolean knows(String person) {
        return users.find("email", person) != null
                || person.matches("[0-9]{1,18}") && users.get(Long.parseLong(person)) != null;
    }

    @Nullable
    Entry get(String email) {
        return users.find("email", email);
    }

    boolean acceptsPassword(String email, String password) {
        return password.equals(passwords.get(email));
    }

    /** An API token belongs to the account, so it works with the e-mail of any user. */
    boolean acceptsApiToken(String email, String apiToken) {
        return users.find("email", email) != null && apiTokens.contains(apiToken);
    }
}
