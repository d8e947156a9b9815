package io.github.camelzendesk.examples.plain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.zendesk.client.v2.Zendesk;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelzendesk.auth.client.jdk.ZendeskHttpClient;
import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.client.zendesk.ZendeskClientFilter;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** The tickets of an account, counted in four ways. For one thread at a time. */
final class Tickets {
    private final TokenManager acme;
    private final String account;
    private final URI address;

    Tickets(TokenManager acme) {
        this.acme = acme;
        this.account = acme.status().url();
        this.address = URI.create(account + "/api/v2/tickets.json");
    }

    /** The header is asked for before each call. After a 401 the token is replaced, and the call made once more. */
    int byHand() throws IOException, InterruptedException {
        Authorization used = acme.await();
        HttpResponse<String> response = get(used);
        if (response.statusCode() == 401) {
            Optional<Authorization> other = acme.awaitReplacement(used);
            response = other.isPresent() ? get(other.get()) : response;
        }
        return count(response.body());
    }

    private HttpResponse<String> get(Authorization authorization) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", authorization.headerValue())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    int withTheJdk() throws IOException, InterruptedException {
        HttpClient client = ZendeskHttpClient.over(HttpClient.newHttpClient(), acme);
        return count(client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body());
    }

    int withOkHttp() throws IOException {
        OkHttpClient client = ZendeskOkHttpInterceptor.install(new OkHttpClient.Builder(), acme)
                .build();
        Request request = new Request.Builder().url(address.toString()).build();
        try (Response response = client.newCall(request).execute()) {
            return count(response.body().string());
        }
    }

    int withZendeskJavaClient() throws IOException {
        var config = ZendeskClientFilter.install(new DefaultAsyncHttpClientConfig.Builder(), acme);
        int count = 0;
        try (AsyncHttpClient client = new DefaultAsyncHttpClient(config.build());
                Zendesk zendesk = new Zendesk.Builder(account).setClient(client).build()) {
            for (var ticket : zendesk.getTickets()) {
                count++;
            }
        }
        return count;
    }

    private static int count(String body) throws IOException {
        return new ObjectMapper().readTree(body).path("tickets").size();
    }
}
