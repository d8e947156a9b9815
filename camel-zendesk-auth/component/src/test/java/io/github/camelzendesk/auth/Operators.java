package io.github.camelzendesk.auth;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.CamelContext;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

import io.github.camelzendesk.auth.monitor.ZendeskAuthEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** All that operators look at, for one Camel context of a test. */
final class Operators implements AutoCloseable {
    final CamelFixture camel = new CamelFixture();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<ZendeskAuthEvent> events = new CopyOnWriteArrayList<>();

    Operators() {
        CamelContext context = camel.context;
        context.getRegistry().bind("meters", meters);
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        listen(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof ZendeskAuthEvent ours) {
                    events.add(ours);
                }
            }
        });
    }

    void listen(EventNotifierSupport notifier) {
        notifier.start();
        camel.context.getManagementStrategy().addEventNotifier(notifier);
    }

    HealthCheck.Result health() {
        return health("acme");
    }

    HealthCheck.Result health(String connection) {
        return readiness().stream()
                .filter(result -> result.getCheck().getId().equals("zendesk-auth:" + connection))
                .findFirst()
                .orElseThrow();
    }

    Collection<HealthCheck.Result> readiness() {
        return HealthCheckHelper.invokeReadiness(camel.context, "full");
    }

    /** Where operators see only so many connections each by itself. */
    static Operators showingAlone(int connections) {
        Operators operators = new Operators();
        operators.camel.context.addComponent("zendesk-auth", new ZendeskAuthComponent(connections));
        return operators;
    }

    Object console(DevConsole.MediaType type) {
        return console(type, Map.of());
    }

    Object console(DevConsole.MediaType type, Map<String, Object> options) {
        return camel.context
                .getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("zendesk-auth")
                .call(type, options);
    }

    ObjectName mbean(String connection) throws JMException {
        return new ObjectName("org.apache.camel:context=" + camel.context.getManagementName()
                + ",type=zendesk-auth,name=\"" + connection + "\"");
    }

    Object attribute(String name) throws JMException {
        return server().getAttribute(mbean("acme"), name);
    }

    String invoke(String operation) throws JMException {
        return (String) server().invoke(mbean("acme"), operation, null, null);
    }

    static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    double gauge(String name, String... tags) {
        return meters.get(name).tag("connection", "acme").tags(tags).gauge().value();
    }

    double refreshes(String outcome) {
        return meters.get("zendesk.auth.refreshes")
                .tags("connection", "acme", "outcome", outcome)
                .counter()
                .count();
    }

    /** Every word of it. */
    String everything() throws JMException {
        StringBuilder all = new StringBuilder();
        all.append(health().getState()).append(health().getMessage()).append(health().getDetails());
        all.append(console(DevConsole.MediaType.TEXT)).append(console(DevConsole.MediaType.JSON));
        for (MBeanAttributeInfo attribute : server().getMBeanInfo(mbean("acme")).getAttributes()) {
            all.append(attribute.getName()).append(attribute(attribute.getName()));
        }
        meters.getMeters().forEach(meter -> all.append(meter.getId()).append(meter.measure()));
        return all.append(events).toString();
    }

    @Override
    public void close() {
        camel.close();
    }
}
