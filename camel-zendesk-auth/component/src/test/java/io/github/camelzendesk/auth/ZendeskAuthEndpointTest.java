package io.github.camelzendesk.auth;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import org.apache.camel.AsyncEndpoint;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZendeskAuthEndpointTest {
    private static final String URI = "zendesk-auth:acme?url=acme&oauthAccessToken=x";
    private static final String CATALOG = "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json";

    @Test
    void anEndpointParksNoThreadAndTheCatalogSaysSo() throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            Endpoint endpoint = camel.context.getEndpoint(URI);

            assertThat(endpoint).isInstanceOf(AsyncEndpoint.class);
            assertThat(endpoint.createProducer()).isInstanceOf(AsyncProducer.class);
            assertThat(catalog().path("async").asBoolean()).isTrue();
        }
    }

    @Test
    void noMessageComesInThroughAnEndpointAndTheCatalogSaysSo() throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            assertThatThrownBy(() -> camel.context.getEndpoint(URI).createConsumer(exchange -> {}))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("to(\"zendesk-auth:acme\")");
            assertThat(catalog().path("producerOnly").asBoolean()).isTrue();
        }
    }

    private static JsonNode catalog() throws IOException {
        try (InputStream json = ZendeskAuthEndpoint.class.getResourceAsStream(CATALOG)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(json)).path("component");
        }
    }
}
