package io.github.camelzendesk.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.service.ServiceHelper;

import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.oauth.TokenManager;

/** The tenants in a Camel context: their managers, without endpoints or with them. For one thread at a time. */
final class Managers implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    final DefaultCamelContext context = new DefaultCamelContext();
    final ZendeskAuthComponent component;
    private final Tenants tenants;

    Managers(Tenants tenants) throws Exception {
        this.tenants = tenants;
        this.component = context.getComponent("zendesk-auth", ZendeskAuthComponent.class);
        tenants.configure(context, component);
        context.start();
    }

    /** Through endpoints that nobody keeps, as toD leaves the managers when Camel drops its endpoints. */
    List<TokenManager> open() throws Exception {
        List<TokenManager> managers = new ArrayList<>(tenants.count());
        for (int i = 0; i < tenants.count(); i++) {
            managers.add(((ZendeskAuthEndpoint) endpoint(i)).getTokenManager());
        }
        return managers;
    }

    List<Endpoint> startEndpoints() throws Exception {
        List<Endpoint> endpoints = new ArrayList<>(tenants.count());
        for (int i = 0; i < tenants.count(); i++) {
            Endpoint endpoint = endpoint(i);
            ServiceHelper.startService(endpoint);
            endpoints.add(endpoint);
        }
        return endpoints;
    }

    /** Waits until each holds its stored token. */
    static void awaitFresh(List<TokenManager> managers) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (TokenManager manager : managers) {
            while (manager.fresh() == null) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(manager + " has not taken over its stored token");
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            }
        }
    }

    @Override
    public void close() {
        context.stop();
    }

    private Endpoint endpoint(int number) throws Exception {
        return component.createEndpoint("zendesk-auth:" + Tenants.name(number));
    }
}
