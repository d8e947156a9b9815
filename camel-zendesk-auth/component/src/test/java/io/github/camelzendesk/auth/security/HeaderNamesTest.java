package io.github.camelzendesk.auth.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelzendesk.auth.ZendeskAuthPolicy;
import io.github.camelzendesk.auth.http.ZendeskHttpClientConfigurer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Camel makes headers of the parameters of a request, and HttpClient writes any name. A socket, because no HTTP server hands
 * such names on.
 */
class HeaderNamesTest {
    private static final String[] ODD = {
        "X-On-Behalf-Of ",
        " X-On-Behalf-Of",
        "\tauthorization",
        "X-On-Behalf-Of\u0000",
        "X-On-Behalf-Of\u00a0",
        "x\r\nX-On-Behalf-Of",
        "X-On-Behalf-Of: boss@acme.com",
        "Authorization:Basic eDp5",
        "Cookie: _zendesk_session=x; a",
        "x_on_behalf_of",
        "X_Zendesk-Marketplace_Name",
        "X_On_Behalf_Of:boss@acme.com",
    };

    @ParameterizedTest
    @CsvSource({"header,false", "header,true", "policy,false", "policy,true", "late,false", "late,true"})
    void whatAServerMayTakeForAHeaderOfOursDoesNotLeaveAndOthersDo(String way, boolean ignoresCase) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.setCaseInsensitiveHeaders(ignoresCase);
        try (context;
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            context.addRoutes(routes(context, "http://127.0.0.1:" + server.getLocalPort()));
            context.start();
            CompletableFuture<String> head = CompletableFuture.supplyAsync(() -> answer(server));

            Exchange exchange = context.createProducerTemplate().send("direct:" + way, it -> {
                for (String name : ODD) {
                    it.getMessage().setHeader(name, "theirs");
                }
                it.getMessage().setHeader("X_Other: header", "other");
            });

            assertThat(exchange.getException()).isNull();
            assertThat(head.get(30, SECONDS))
                    .contains("Authorization: Bearer ours\r\n", "X_Other: header: other")
                    .doesNotContain("theirs");
        }
    }

    private static String answer(ServerSocket server) {
        try (Socket connection = server.accept()) {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                head.write(connection.getInputStream().read());
            }
            connection.getOutputStream().write("HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
            return head.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RouteBuilder routes(CamelContext context, String url) {
        String connection = "zendesk-auth:acme?oauthAccessToken=ours&url=" + url;
        context.getRegistry().bind("late", new ZendeskHttpClientConfigurer(connection));
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:header").to(connection).to(url);
                from("direct:policy")
                        .policy(new ZendeskAuthPolicy(connection))
                        .to(url)
                        .end();
                from("direct:late").to(url + "?httpClientConfigurer=#late");
            }
        };
    }
}
