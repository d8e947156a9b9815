package io.github.camelzendesk.auth.handover;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.asynchttpclient.DefaultAsyncHttpClient;
import org.asynchttpclient.DefaultAsyncHttpClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.client.jdk.ZendeskHttpClient;
import io.github.camelzendesk.auth.client.okhttp.ZendeskOkHttpInterceptor;
import io.github.camelzendesk.auth.client.zendesk.ZendeskClientFilter;
import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;
import io.github.camelzendesk.auth.testkit.internal.TestLog;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;
import okhttp3.Request;

/** An account has several names, and a late hand-over knows one of them: it says so when a request goes to another. */
@ExtendWith(ZendeskExtension.class)
class OtherAddressesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("handOvers")
    void aRequestToAnotherNameOfTheAccountIsToldOnceAndNamesBoth(HandOver handOver, ZendeskServer zendesk)
            throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            String other = zendesk.url().replace("127.0.0.1", "localhost");
            int before = warnings(other).size();
            handOver.get(world, other + "/api/v2/tickets.json?query=private");
            handOver.get(world, other + "/api/v2/users.json");
            handOver.get(world, world.tickets);

            assertThat(warnings(other).stream().skip(before))
                    .singleElement()
                    .asString()
                    .contains("a request to " + other + " gets no token: the connection is " + zendesk.url())
                    .doesNotContain("private");
        }
    }

    @ParameterizedTest
    @MethodSource("handOvers")
    void whereTheAccountItselfRedirectsToIsNotTold(HandOver handOver, ZendeskServer zendesk) throws Exception {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory);
                ForeignServer attachments = new ForeignServer()) {
            zendesk.nextApiRequest(ApiFault.redirect(attachments.url()));
            handOver.get(world, world.tickets);

            assertThat(warnings("127.0.0.1:" + URI.create(attachments.url()).getPort()))
                    .isEmpty();
        }
    }

    @Test
    void aClientThatCallsAnyNumberOfHostsFillsNeitherTheLogNorTheMemory(ZendeskServer zendesk) {
        try (HandOverFixture world = HandOverFixture.unattended(zendesk, directory)) {
            for (int i = 0; i < 1000; i++) {
                world.manager().sentWithout("https", "tenant" + i + ".bounded.test", -1);
            }
            assertThat(warnings(".bounded.test")).hasSize(16);
        }
    }

    private static List<String> warnings(String address) {
        return TestLog.lines("WARN", "acme").stream()
                .filter(line -> line.contains(address + " gets no token"))
                .toList();
    }

    private static Stream<HandOver> handOvers() {
        return Stream.of(HandOver.values());
    }

    private enum HandOver {
        CAMEL_HTTP {
            @Override
            void get(HandOverFixture world, String address) {
                String separator = address.contains("?") ? "&" : "?";
                world.camel.send(address + separator + "httpClientConfigurer=#late&followRedirects=true");
            }
        },
        OK_HTTP {
            @Override
            void get(HandOverFixture world, String address) throws Exception {
                OkHttpClient client = ZendeskOkHttpInterceptor.install(new OkHttpClient.Builder(), world.manager())
                        .build();
                client.newCall(new Request.Builder().url(address).build())
                        .execute()
                        .close();
            }
        },
        JDK {
            @Override
            void get(HandOverFixture world, String address) throws Exception {
                HttpClient client = ZendeskHttpClient.over(HttpClient.newHttpClient(), world.manager());
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(address)).build();
                client.send(request, BodyHandlers.discarding());
                client.sendAsync(request, BodyHandlers.discarding()).get();
            }
        },
        ZENDESK_JAVA_CLIENT {
            @Override
            void get(HandOverFixture world, String address) throws Exception {
                try (DefaultAsyncHttpClient client = new DefaultAsyncHttpClient(ZendeskClientFilter.install(
                                new DefaultAsyncHttpClientConfig.Builder().setFollowRedirect(true), world.manager())
                        .build())) {
                    client.prepareGet(address).execute().get();
                }
            }
        };

        abstract void get(HandOverFixture world, String address) throws Exception;
    }
}
