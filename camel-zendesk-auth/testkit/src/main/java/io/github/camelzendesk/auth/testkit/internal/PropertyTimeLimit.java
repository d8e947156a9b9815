package io.github.camelzendesk.auth.testkit.internal;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** What JUnit does for its own tests, for those of jqwik: after the limit a dump of all threads, and an interrupt. */
public final class PropertyTimeLimit implements AroundPropertyHook {
    private static final long MINUTES = Long.getLong("test.limit", 10);
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "property-time-limit");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property)
            throws Throwable {
        Thread running = Thread.currentThread();
        Future<?> limit = CLOCK.schedule(() -> end(context.label(), running), MINUTES, TimeUnit.MINUTES);
        PropertyExecutionResult result = property.execute();
        return limit.cancel(false) ? result : result.mapToFailed("It took longer than " + MINUTES + " minutes");
    }

    private static void end(String property, Thread running) {
        System.out.println(property + " hangs:");
        Thread.getAllStackTraces().forEach((thread, trace) -> {
            System.out.println(thread);
            for (StackTraceElement element : trace) {
                System.out.println("\tat " + element);
            }
        });
        running.interrupt();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
