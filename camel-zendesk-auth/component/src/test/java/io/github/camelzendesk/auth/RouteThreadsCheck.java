package io.github.camelzendesk.auth;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails the class in which a step of a route ran on a thread of the engine. */
public final class RouteThreadsCheck implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(RouteThreads.OF_ALL_TESTS.take())
                .as("steps of routes on threads of the engine")
                .isEmpty();
    }
}
