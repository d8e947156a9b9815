package io.github.camelzendesk.examples.boot;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Zendesk's users, as far as this application asks for them. Spring implements it. */
@HttpExchange("/api/v2/users")
interface Users {
    @GetExchange("/me.json")
    Me me();

    record Me(User user) {}

    record User(String email) {}
}
