package io.github.camelzendesk.auth.settings;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where settings lie of which nobody says where. */
@DisabledOnOs(OS.WINDOWS)
class DefaultPlaceTest {
    private static final String NAME = "acme@acme.zendesk.com";

    @ParameterizedTest
    @CsvSource({
        "Linux, , /users/joe/.config",
        "Linux, /data/config, /data/config",
        "Linux, ' ', /users/joe/.config",
        "Mac OS X, , /users/joe/Library/Application Support",
        "Windows 11, , /users/joe/AppData/Roaming"
    })
    void isTheFolderOfTheOperatingSystem(String system, String xdg, Path folder) {
        Map<String, String> environment = xdg == null ? Map.of() : Map.of("XDG_CONFIG_HOME", xdg);

        assertThat(SettingsStores.defaultFile(NAME, environment, system, "/users/joe"))
                .isEqualTo(folder.resolve("camel-zendesk-auth").resolve(NAME + ".json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", " ", "joe", "./joe", "~", "\u0000"})
    void isNeverBelowTheWorkingDirectory(String home) {
        for (String system : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
            assertThatThrownBy(() -> SettingsStores.defaultFile(NAME, Map.of(), system, home))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the home of the user")
                    .hasMessageContaining("set oauthSettingsLocation to a file on a volume that lasts");
        }
    }

    @Test
    void aVariableThatIsNoAbsolutePathIsRefusedByName() {
        assertThatThrownBy(() ->
                        SettingsStores.defaultFile(NAME, Map.of("XDG_CONFIG_HOME", "config"), "Linux", "/users/joe"))
                .hasMessageContaining("the variable XDG_CONFIG_HOME is 'config' and no absolute path");
        assertThatThrownBy(
                        () -> SettingsStores.defaultFile(NAME, Map.of("APPDATA", "data"), "Windows 11", "/users/joe"))
                .hasMessageContaining("the variable APPDATA is 'data' and no absolute path");
    }
}
