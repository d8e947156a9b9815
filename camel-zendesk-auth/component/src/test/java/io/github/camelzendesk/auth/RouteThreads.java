package io.github.camelzendesk.auth;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Notes the steps of routes that run on a thread of the engine, where none may ever be. Thread-safe. */
final class RouteThreads implements InterceptStrategy {
    /** What {@link RouteThreadsPlugin} adds to every context, and {@link RouteThreadsCheck} looks at. */
    static final RouteThreads OF_ALL_TESTS = new RouteThreads();

    private static final String ENGINE = "zendesk-auth-";

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode step, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                note(step);
                return super.process(exchange, callback);
            }
        };
    }

    private void note(NamedNode step) {
        String thread = Thread.currentThread().getName();
        if (thread.startsWith(ENGINE)) {
            seen.add(step + " on " + thread);
        }
    }

    /** What was noted since it was asked for the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(seen);
        taken.forEach(seen::remove);
        return taken;
    }
}
