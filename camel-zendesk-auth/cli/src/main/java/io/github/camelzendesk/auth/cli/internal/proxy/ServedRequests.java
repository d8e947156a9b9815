package io.github.camelzendesk.auth.cli.internal.proxy;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests, and at the end lets those that run finish, while connections that only wait end at once. Thread-safe. */
final class ServedRequests extends GracefulHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServedRequests.class);
    private static final String STATUS = "/status";

    private final Refusals refusals;
    private final Account account;
    private final UpstreamCalls calls;
    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

    ServedRequests(Refusals refusals, Account account, Limits limits) {
        this.refusals = refusals;
        this.account = account;
        this.calls = new UpstreamCalls(account, limits);
        setHandler(new Answers());
    }

    /** On the thread of the request, which is answered when this returns. */
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(connection);
        try {
            return super.handle(request, response, callback);
        } catch (RuntimeException e) {
            LOG.warn("A request failed, which is a fault of this program", e);
            throw e;
        } finally {
            busy.remove(connection);
        }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> allAnswered = super.shutdown();
        for (Connector connector : getServer().getConnectors()) {
            connector.getConnectedEndPoints().stream()
                    .filter(connection -> !busy.contains(connection))
                    .forEach(EndPoint::close);
        }
        return allAnswered;
    }

    /** Before the threads end, which wait for the calls. */
    @Override
    protected void doStop() throws Exception {
        calls.cancel();
        super.doStop();
    }

    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            // While Zendesk is waited for, its own limit counts.
            request.addIdleTimeoutListener(idle -> false);
            Problem refused = refusals.of(request);
            if (refused != null) {
                refused.answer(response, callback);
            } else if (STATUS.equals(request.getHttpURI().getPath())) {
                Problem.json(
                        response,
                        200,
                        "application/json",
                        account.manager().status().asMap(),
                        callback);
            } else {
                calls.forward(request, response, callback);
            }
            return true;
        }
    }
}
