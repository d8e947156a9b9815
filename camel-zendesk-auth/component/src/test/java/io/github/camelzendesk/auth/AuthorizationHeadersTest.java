package io.github.camelzendesk.auth;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AuthorizationHeadersTest {
    /** As the headers of a message are in Camel 4.22, whose map is copied at the first change. */
    private static final class CopiedOnWrite extends HashMap<String, Object> {
        @Override
        public Set<String> keySet() {
            return Collections.unmodifiableSet(super.keySet());
        }
    }

    @Test
    void whatIsForeignIsRemovedFromHeadersThatTheirNamesCannotChange() throws Exception {
        try (CamelFixture camel = new CamelFixture()) {
            Message message = new DefaultMessage(camel.context) {
                private final Map<String, Object> headers = new CopiedOnWrite();

                @Override
                public Map<String, Object> getHeaders() {
                    return headers;
                }

                @Override
                public boolean hasHeaders() {
                    return true;
                }
            };
            message.getHeaders().putAll(Map.of("authorization", "theirs", "x-on-behalf-of", "boss", "kept", 1));

            ZendeskAuthConfiguration options = new ZendeskAuthConfiguration();
            options.setUrl("acme");
            options.setOauthAccessToken("t");
            new AuthorizationHeaders(options).remove(message);

            assertThat(message.getHeaders()).containsOnlyKeys("kept");
        }
    }
}
