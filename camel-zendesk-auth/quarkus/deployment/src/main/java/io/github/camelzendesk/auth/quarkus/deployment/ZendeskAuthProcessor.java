package io.github.camelzendesk.auth.quarkus.deployment;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.quarkus.TokenManagerProducer;
import io.github.camelzendesk.auth.quarkus.ZendeskConnection;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.FeatureBuildItem;

/**
 * What the extension adds to each application. Stateless.
 */
class ZendeskAuthProcessor {
    static final String FEATURE = "camel-zendesk-auth";

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem(FEATURE);
    }

    @BuildStep
    AdditionalBeanBuildItem tokenManagers() {
        return new AdditionalBeanBuildItem(TokenManagerProducer.class, ZendeskConnection.class);
    }

    /** The component looks for it by type, which Quarkus cannot see. */
    @BuildStep
    UnremovableBeanBuildItem browser() {
        return UnremovableBeanBuildItem.beanTypes(Browser.class);
    }
}
