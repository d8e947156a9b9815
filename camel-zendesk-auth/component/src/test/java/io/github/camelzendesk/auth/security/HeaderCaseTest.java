package io.github.camelzendesk.auth.security;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.github.tomakehurst.wiremock.http.HttpHeaders;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;

/** HTTP takes {@code authorization} for {@code Authorization}; the headers of a message may be told otherwise. */
@ExtendWith(ZendeskExtension.class)
class HeaderCaseTest {
    private static final Map<String, Object> STRANGERS = Map.of(
            "authorization", "Basic c3RyYW5nZXI=",
            "AUTHORIZATION", "Basic YW5vdGhlcg==",
            "x-on-behalf-of", "boss@acme.com",
            "x-zendesk-marketplace-name", "theirs",
            "X-zendesk-marketplace-bot-id", "7",
            "cOOkie", "_zendesk_session=theirs");

    @ParameterizedTest
    @CsvSource({"header,false", "header,true", "policy,false", "policy,true", "late,false", "late,true"})
    void whatAStrangerSentReachesZendeskInNoSpelling(String way, boolean ignoresCase, ZendeskServer zendesk)
            throws Exception {
        Queue<HttpHeaders> requests = new ConcurrentLinkedQueue<>();
        zendesk.wireMock().addMockServiceRequestListener((request, response) -> requests.add(request.getHeaders()));
        CamelContext context = new DefaultCamelContext();
        context.setCaseInsensitiveHeaders(ignoresCase);
        try (context) {
            context.addRoutes(routes(context, zendesk.url()));
            context.start();

            Exchange exchange = context.createProducerTemplate()
                    .send("direct:" + way, it -> it.getMessage().getHeaders().putAll(new TreeMap<>(STRANGERS)));

            assertThat(requests).singleElement().satisfies(request -> {
                assertThat(request.getHeader("Authorization").values()).containsExactly("Bearer ours");
                assertThat(List.of("X-On-Behalf-Of", "X-Zendesk-Marketplace-Bot-Id", "Cookie"))
                        .noneMatch(name -> request.getHeader(name).isPresent());
                assertThat(request.getHeader("X-Zendesk-Marketplace-Name").values())
                        .containsExactly("robot");
            });
            if (way.equals("policy")) {
                assertThat(exchange.getMessage().getHeaders().keySet())
                        .noneMatch(name -> name.equalsIgnoreCase("Authorization"))
                        .noneMatch(name -> name.equalsIgnoreCase("X-On-Behalf-Of"))
                        .noneMatch(name -> name.equalsIgnoreCase("X-Zendesk-Marketplace-Name"));
            }
        }
    }

    private static RouteBuilder routes(CamelContext context, String url) {
        String connection = "zendesk-auth:acme?oauthAccessToken=ours&marketplaceName=robot&url=" + url;
        context.getRegistry().bind("late", new ZendeskHttpClientConfigurer(connection));
        return new RouteBuilder() {
            @Override
            public void configure() {
                String tickets = url + "/api/v2/tickets.json?throwExceptionOnFailure=false";
                from("direct:header").to(connection).to(tickets);
                from("direct:policy")
                        .policy(new ZendeskAuthPolicy(connection))
                        .to(tickets)
                        .end();
                from("direct:late").to(tickets + "&httpClientConfigurer=#late");
            }
        };
    }
}
