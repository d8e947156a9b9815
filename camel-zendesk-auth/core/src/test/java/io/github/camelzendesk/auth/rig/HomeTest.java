package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.testkit.internal.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The build gives the tests of a module a home of their own; a check in the parent pom says when one has left it. */
class HomeTest {
    private static final String HOME = Path.of("target", "home").toString();

    @Test
    void thisProcessAndTheOnesItStartsKeepSettingsInAHomeBelowTarget() throws Exception {
        assumeTrue(System.getProperty("surefire.test.class.path") != null, "this is not Maven's build");
        assertThat(System.getProperty("user.home")).contains(HOME);
        assertThat(settings()).startsWith(System.getProperty("user.home"));

        try (ChildJvm child = ChildJvm.start(HomeTest.class, Map.of())) {
            assertThat(child.line()).isEqualTo(System.getProperty("user.home"));
            assertThat(child.line()).isEqualTo(settings());
        }
    }

    private static String settings() {
        return SettingsStores.defaultFile("acme", System.getenv()).toString();
    }

    public static void main(String[] args) {
        System.out.println(System.getProperty("user.home"));
        System.out.println(settings());
    }
}
