package io.github.camelzendesk.auth.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who may call without OAuth. For use under the protocol's lock. */
final class Users {
    private final Map<String, String> passwords = new HashMap<>();
    private final Set<String> emails = new HashSet<>();
    private final Set<String> apiTokens = new HashSet<>();

    void add(String email, String password) {
        emails.add(email);
        passwords.put(email, password);
    }

    void addApiToken(String email, String apiToken) {
        emails.add(email);
        apiTokens.add(apiToken);
    }

    boolean knows(String email) {
        return emails.contains(email);
    }

    boolean acceptsPassword(String email, String password) {
        return password.equals(passwords.get(email));
    }

    /** An API token belongs to the account, so it works with the e-mail of any user. */
    boolean acceptsApiToken(String email, String apiToken) {
        return emails.contains(email) && apiTokens.contains(apiToken);
    }
}
