package io.github.camelzendesk.auth.quarkus.deployment;

import org.junit.jupiter.api.Test;

import io.github.camelzendesk.auth.quarkus.internal.DevUiConnections;
import io.quarkus.deployment.IsDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.page.PageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/** The card of the Dev UI. That a build in test mode has none, ApplicationWithoutOptionalLibrariesTest shows. */
class DevUiCardTest {
    private final ZendeskAuthDevUiProcessor processor = new ZendeskAuthDevUiProcessor();

    @Test
    void itsPageExistsAndIsAnswered() {
        PageBuilder<?> page = processor.card().getPages().get(0);
        page.namespace("camel-quarkus-zendesk-auth");

        assertThat(getClass().getResource("/dev-ui/" + page.build().getComponentLink()))
                .isNotNull();
        assertThat(processor.connections().getJsonRPCMethodProviderClass()).isEqualTo(DevUiConnections.class);
    }

    @Test
    void devModeAloneHasIt() {
        assertThat(ZendeskAuthDevUiProcessor.class.getDeclaredMethods())
                .filteredOn(method -> method.isAnnotationPresent(BuildStep.class))
                .hasSize(2)
                .allSatisfy(step ->
                        assertThat(step.getAnnotation(BuildStep.class).onlyIf()).containsExactly(IsDevelopment.class));
    }
}
