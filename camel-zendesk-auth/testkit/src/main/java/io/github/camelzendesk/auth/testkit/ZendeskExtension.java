package io.github.camelzendesk.auth.testkit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension that runs a {@link ZendeskServer} for a test class, forgets everything before each test, and hands
 * it to parameters of that type. For use by one test class.
 */
public final class ZendeskExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {
    private @Nullable ZendeskServer server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = ZendeskServer.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server().reset();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server().close();
    }

    public ZendeskServer server() {
        if (server == null) {
            throw new IllegalStateException("The stand-in runs from beforeAll on: register this extension in a static"
                    + " field, or with @ExtendWith on the class");
        }
        return server;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ZendeskServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return server();
    }
}
