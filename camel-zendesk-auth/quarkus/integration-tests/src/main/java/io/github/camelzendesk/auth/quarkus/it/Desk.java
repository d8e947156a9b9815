package io.github.camelzendesk.auth.quarkus.it;

import java.util.Map;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.quarkus.ZendeskConnection;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Code beside the routes that uses their connection. Thread-safe. */
@Singleton
public class Desk {
    private final TokenManager zendesk;

    @Inject
    Desk(@ZendeskConnection("acme") TokenManager zendesk) {
        this.zendesk = zendesk;
    }

    Map<String, Object> status() {
        return zendesk.status().asMap();
    }
}
