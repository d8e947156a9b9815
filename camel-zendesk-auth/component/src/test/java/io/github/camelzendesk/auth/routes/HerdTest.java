package io.github.camelzendesk.auth.routes;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.testkit.IssuedTokens;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ZendeskExtension.class)
class HerdTest {
    private static final int EXCHANGES = 10_000;
    private static final int MOST_MORE_THREADS = 100;

    @Test
    void tenThousandExchangesAtAnExpiredTokenMakeOneTokenRequestAndParkNoThread(
            ZendeskServer zendesk, @TempDir Path directory) throws Exception {
        RegisteredClient client = zendesk.confidentialClient("app");
        IssuedTokens seed = zendesk.issue(client, "read write");
        CountDownLatch answer = new CountDownLatch(1);
        zendesk.nextTokenRequest(TokenFault.held(answer));
        try (CamelFixture camel = new CamelFixture()) {
            Endpoint endpoint = camel.context.getEndpoint("zendesk-auth:acme?url=" + zendesk.url()
                    + "&oauthClientId=app&oauthClientSecret=" + client.secret()
                    + "&initiateOAuth=REFRESH&joinTimeout=2m&oauthSettingsLocation=" + directory.resolve("s.json")
                    + "&oauthRefreshToken=" + seed.refreshToken());
            AsyncProcessor producer = (AsyncProcessor) endpoint.createProducer();
            CountDownLatch done = new CountDownLatch(EXCHANGES);
            Set<Object> headers = ConcurrentHashMap.newKeySet();
            int before = Thread.activeCount();

            for (int i = 0; i < EXCHANGES; i++) {
                Exchange exchange = endpoint.createExchange();
                producer.process(exchange, sync -> {
                    headers.add(String.valueOf(exchange.getMessage().getHeader("Authorization")));
                    done.countDown();
                });
            }
            int during = Thread.activeCount();
            answer.countDown();

            assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
            assertThat(headers).hasSize(1).doesNotContain("null");
            assertThat(during - before).isLessThan(MOST_MORE_THREADS);
        }
    }
}
