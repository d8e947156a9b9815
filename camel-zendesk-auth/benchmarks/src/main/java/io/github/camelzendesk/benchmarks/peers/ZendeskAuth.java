package io.github.camelzendesk.benchmarks.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** This component: one Camel context per instance, all on one settings file, with the defaults. */
final class ZendeskAuth implements Contender {
    @Override
    public String name() {
        return "camel-zendesk-auth";
    }

    /** A third of the lifetime, when that is less than a minute: of three seconds one. */
    @Override
    public Duration margin() {
        return Duration.ofSeconds(1);
    }

    /** Nothing to do: the refresh token is in the options, and is taken over once. */
    @Override
    public void store(Account account) {}

    @Override
    public Instance open(Account account) throws Exception {
        String uri = "zendesk-auth:acme?initiateOAuth=REFRESH&url=" + account.url() + "&oauthClientId="
                + account.clientId() + "&oauthClientSecret=" + account.clientSecret() + "&oauthRefreshToken="
                + account.refreshToken() + "&oauthSettingsLocation=" + file(account);
        return InCamel.open(uri, (producer, exchange) -> {
            producer.process(exchange);
            return account.judgeHeader(exchange.getMessage().getHeader("Authorization", String.class));
        });
    }

    @Override
    public String storedRefreshToken(Account account) throws Exception {
        JsonNode settings = new ObjectMapper().readTree(Files.readString(file(account)));
        return settings.path("refresh_token").textValue();
    }

    private static Path file(Account account) {
        return account.folder().resolve("settings.json");
    }
}
