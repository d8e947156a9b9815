package io.github.camelzendesk.auth.testkit;

import java.util.Map;

/** The authorization endpoint, where a person decides. For use under the protocol's lock. */
record ConsentEndpoint(Account account) {
    /** An error is shown on a page: a bad request never gets back to the redirect URI. */
    Answer answer(Call call) {
        Map<String, String> ask = call.parameters();
        RegisteredClient client = account.clients.get(ask.getOrDefault("client_id", ""));
        if (client == null || !isAcceptable(client, ask)) {
            return Answer.html(400, ConsentPage.invalidRequest());
        }
        if (ask.getOrDefault("scope", "").isBlank()) {
            return Answer.html(403, ConsentPage.invalidRequest());
        }
        String decision = call.method().equals("POST") ? ask.get("decision") : null;
        return decision == null
                ? Answer.html(200, ConsentPage.of(client.identifier(), ask))
                : Answer.redirect(callback(client, ask, decision.equals("allow")));
    }

    /** Redirect URIs are compared as strings: neither another port nor 127.0.0.1 for localhost will do. */
    private static boolean isAcceptable(RegisteredClient client, Map<String, String> ask) {
        boolean proof = ask.containsKey("code_challenge");
        return client.redirectUris().contains(ask.getOrDefault("redirect_uri", ""))
                && "code".equals(ask.get("response_type"))
                && (proof ? "S256".equals(ask.get("code_challenge_method")) : !client.isPublic());
    }

    private String callback(RegisteredClient client, Map<String, String> ask, boolean allowed) {
        String redirect = ask.getOrDefault("redirect_uri", "");
        String start = redirect + (redirect.contains("?") ? "&" : "?");
        if (!allowed) {
            String denied = "error=access_denied&error_description="
                    + Call.encode("The end-user or authorization server denied the request.");
            return start + denied + (account.echoStateOnDeny ? state(ask) : "");
        }
        String code = account.grants.code(client, redirect, ask.getOrDefault("scope", ""), ask.get("code_challenge"));
        return start + "code=" + Call.encode(code) + state(ask);
    }

    private static String state(Map<String, String> ask) {
        String state = ask.get("state");
        return state == null ? "" : "&state=" + Call.encode(state);
    }
}
