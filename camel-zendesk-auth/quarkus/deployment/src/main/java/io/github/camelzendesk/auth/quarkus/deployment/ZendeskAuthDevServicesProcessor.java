package io.github.camelzendesk.auth.quarkus.deployment;

import java.util.Optional;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;

/**
 * Gives an application in dev or test mode a stand-in for Zendesk, unless it has an account of its own. Stateless.
 */
class ZendeskAuthDevServicesProcessor {
    private static final Logger LOG = Logger.getLogger(ZendeskAuthDevServicesProcessor.class);

    @BuildStep(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
    void standIn(
            ZendeskAuthBuildTimeConfig config,
            CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<DevServicesResultBuildItem> services) {
        if (!config.devservices().enabled()) {
            return;
        }
        Optional<String> own =
                ComponentOptions.ofAnAccount(ConfigProvider.getConfig().getPropertyNames());
        if (own.isPresent()) {
            // Credentials of another account, mixed with the stand-in's, would only fail later.
            LOG.debugf("No stand-in for Zendesk is started, because %s is configured", own.get());
            return;
        }
        StandIn standIn = StandIn.shared();
        shutdown.addCloseTask(StandIn::end, true);
        LOG.infof("A stand-in for Zendesk runs at %s, because no account is configured", standIn.url());
        services.produce(DevServicesResultBuildItem.discovered()
                .feature(ZendeskAuthProcessor.FEATURE)
                .description("Stand-in for Zendesk at " + standIn.url())
                .config(standIn.properties())
                .build());
    }
}
