package io.github.camelzendesk.auth.quarkus.deployment;

import io.github.camelzendesk.auth.quarkus.internal.DevUiConnections;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/**
 * The card of the Dev UI, with a page of the connections. Stateless.
 */
class ZendeskAuthDevUiProcessor {
    static final String PAGE = "qwc-zendesk-auth-connections.js";

    @BuildStep(onlyIf = IsDevelopment.class)
    CardPageBuildItem card() {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder()
                .title("Connections")
                .icon("font-awesome-solid:plug")
                .componentLink(PAGE));
        return card;
    }

    @BuildStep(onlyIf = IsDevelopment.class)
    JsonRPCProvidersBuildItem connections() {
        return new JsonRPCProvidersBuildItem(DevUiConnections.class);
    }
}
