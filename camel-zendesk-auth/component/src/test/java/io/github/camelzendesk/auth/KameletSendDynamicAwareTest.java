package io.github.camelzendesk.auth;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KameletSendDynamicAwareTest {
    private static final String TEMPLATE =
            "kamelet:zendesk-sink?user=${header.a}-${header.b}-${header.c}&ticketId=${header['id']}";

    private final CamelContext context = CamelFixture.notStarted();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    @Test
    void plainValuesPass() {
        assertThat(prepared("a", "1")).isNull();
        assertThat(prepared("a-b_c.d@acme.com+x", "")).isNull();
        assertThat(prepared("-".repeat(100_000), "1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#bean:x", "x&user=y", "x?", "%23x", "RAW(x", "x)", "{{x", "${x", "x}"})
    void aValueWithAMeaningIsRefusedWhereverItStands(String value) {
        assertThatThrownBy(() -> prepared(value, "1")).isInstanceOf(ConfigurationRefused.class);
        assertThatThrownBy(() -> prepared("a", value)).isInstanceOf(ConfigurationRefused.class);
    }

    @Test
    @Timeout(30)
    void aLongValueTakesNoLongerThanItsLength() {
        assertThatThrownBy(() -> prepared("-".repeat(1_000_000) + "#", "1")).isInstanceOf(ConfigurationRefused.class);
    }

    private Object prepared(String a, String id) {
        KameletSendDynamicAware aware = new KameletSendDynamicAware();
        aware.setCamelContext(context);
        aware.setScheme("kamelet");
        return aware.prepare(null, "kamelet:zendesk-sink?user=" + a + "-b-c&ticketId=" + id, TEMPLATE);
    }
}
