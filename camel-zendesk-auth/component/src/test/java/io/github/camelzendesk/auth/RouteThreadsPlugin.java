package io.github.camelzendesk.auth;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/** Has the routes of every Camel context of this module's tests watched. Stateless. */
public final class RouteThreadsPlugin implements ContextServicePlugin {
    @Override
    public void load(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(RouteThreads.OF_ALL_TESTS);
    }
}
