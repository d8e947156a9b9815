package io.github.camelzendesk.auth.quarkus.deployment;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * What the build is told. Immutable.
 */
@ConfigMapping(prefix = "quarkus.camel.zendesk-auth")
@ConfigRoot(phase = ConfigPhase.BUILD_TIME)
public interface ZendeskAuthBuildTimeConfig {
    /** The stand-in for Zendesk in dev and test mode. */
    DevServices devservices();

    /** The stand-in for Zendesk in dev and test mode. */
    interface DevServices {
        /**
         * Whether a stand-in for Zendesk is started in dev and test mode. It is, unless properties of the component give
         * it an account or part of one, such as {@code url} or {@code oauth-client-id}: put those of production under
         * {@code %prod}.
         */
        @WithDefault("true")
        boolean enabled();
    }
}
