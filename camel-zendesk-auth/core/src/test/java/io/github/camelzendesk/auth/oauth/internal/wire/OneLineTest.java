package io.github.camelzendesk.auth.oauth.internal.wire;

import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired.Reason;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.settings.SettingsStoreException;

import static org.assertj.core.api.Assertions.assertThat;

/** Each error of ours is one line, whatever texts of others went into it: a log must not show lines that nobody wrote. */
class OneLineTest {
    private static final String FOREIGN =
            "Zoë's file\n2026-11-01 ERROR all is lost\r\n\u0085\u2028\u2029\u001b[31m\u0000";

    static Stream<RuntimeException> errors() {
        return Stream.of(
                new ConfigurationRefused(FOREIGN),
                new TokenEndpointUnavailable(FOREIGN, null, null),
                new SettingsUnavailable(FOREIGN, null),
                new AuthorizationRequired(Reason.REFUSED, FOREIGN),
                new SettingsStoreException(FOREIGN));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void whateverGoesIntoAnError(RuntimeException error) {
        assertThat(error.getMessage())
                .startsWith("Zoë's file 2026-11-01 ERROR all is lost [31m")
                .matches("[^\\p{Cc}\\p{Zl}\\p{Zp}]*");
    }
}
