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
public final class Operators implements AutoCloseable {
    public final CamelFixture camel = CamelFixture.managed();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final List<ZendeskAuthEvent> events = new CopyOnWriteArrayList<>();

    public Operators() {
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

    public void listen(EventNotifierSupport notifier) {
        notifier.start();
        camel.context.getManagementStrategy().addEventNotifier(notifier);
    }

    public HealthCheck.Result health() {
        return health("acme");
    }

    public HealthCheck.Result health(String connection) {
        return readiness().stream()
                .filter(result -> result.getCheck().getId().equals("zendesk-auth:" + connection))
                .findFirst()
                .orElseThrow();
    }

    public Collection<HealthCheck.Result> readiness() {
        return HealthCheckHelper.invokeReadiness(camel.context, "full");
    }

    /** Where operators see only so many connections each by itself. */
    public static Operators showingAlone(int connections) {
        Operators operators = new Operators();
        operators.camel.context.addComponent("zendesk-auth", new ZendeskAuthComponent(connections));
        return operators;
    }

    public Object console(DevConsole.MediaType type) {
        return console(type, Map.of());
    }

    public Object console(DevConsole.MediaType type, Map<String, Object> options) {
        return camel.context
                .getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("zendesk-auth")
                .call(type, options);
    }

    public ObjectName mbean(String connection) throws JMException {
        return new ObjectName("org.apache.camel:context=" + camel.context.getManagementName()
                + ",type=zendesk-auth,name=\"" + connection + "\"");
    }

    public Object attribute(String name) throws JMException {
        return server().getAttribute(mbean("acme"), name);
    }

    public String invoke(String operation) throws JMException {
        return (String) server().invoke(mbean("acme"), operation, null, null);
    }

    public static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    public double gauge(String name, String... tags) {
        return meters.get(name).tag("connection", "acme").tags(tags).gauge().value();
    }

    public double refreshes(String outcome) {
        return meters.get("zendesk.auth.refreshes")
                .tags("connection", "acme", "outcome", outcome)
                .counter()
                .count();
    }

    /** Every word of it. */
    public String everything() throws JMException {
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
