package io.github.camelzendesk.auth;

import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Authenticates a block of a route: attaches the credentials, runs the block, replaces a token that Zendesk refuses with
 * 401 {@code invalid_token} and then runs the block once more with the original message, and always takes the credentials
 * off afterwards. Thread-safe; several routes may use one.
 *
 * <p>For the steps that are written in the block no error handler runs: what fails there fails the block, and its error
 * handler meets a message without credentials. A redelivery runs the whole block again. Nothing is repeated after a 403,
 * nor after a second 401, which {@code X-On-Behalf-Of} causes when it names nobody. Follows RFC 6750 section 3.1.
 *
 * <p>A step that goes on elsewhere, such as {@code direct:}, {@code wireTap} or a parallel {@code split}, takes the
 * message along with the credentials on it. Blocks with such steps are warned of in the log.
 */
public final class ZendeskAuthPolicy implements Policy {
    private static final Logger LOG = LoggerFactory.getLogger(ZendeskAuthPolicy.class);

    private final Deque<Inherited> beingWrapped = new ConcurrentLinkedDeque<>();
    private String endpoint;

    private record Inherited(ProcessorDefinition<?> definition, Optional<Boolean> before) {}

    /** A policy whose endpoint is set afterwards, for the XML and YAML DSLs. */
    public ZendeskAuthPolicy() {}

    /** A policy for the connection of this endpoint, such as {@code zendesk-auth:acme?url=acme}. */
    public ZendeskAuthPolicy(String endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The endpoint of the connection, such as {@code zendesk-auth:acme}. Without secrets: Camel Main prints the property that
     * sets it.
     */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        if (definition instanceof ProcessorDefinition<?> block) {
            beingWrapped.push(new Inherited(block, Optional.ofNullable(block.getInheritErrorHandler())));
            // An error handler within would send the message on, with the credentials on it, before the block could
            // remove
            // them. Camel asks a node's mark when it makes the nodes below it.
            BlockSteps.all(block).forEach(step -> step.setInheritErrorHandler(false));
        }
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        Inherited block = beingWrapped.poll();
        if (block != null) {
            // The steps have been made by now; the block itself keeps the error handler of the route.
            block.definition.setInheritErrorHandler(block.before.orElse(null));
        }
        if (endpoint == null || endpoint.isBlank()) {
            throw new ConfigurationRefused(
                    "ZendeskAuthPolicy has no endpoint: set it to the URI of the connection, such"
                            + " as zendesk-auth:acme, in the constructor or with the property endpoint.");
        }
        ZendeskAuthEndpoint resolved = route.getCamelContext().getEndpoint(endpoint, ZendeskAuthEndpoint.class);
        if (block == null) {
            return new AuthenticatedBlock(resolved, processor, false);
        }
        BlockSteps steps = new BlockSteps(block.definition, route.getCamelContext());
        warnOf(steps.takingHeadersAlong(), route, resolved.getConnection());
        return new AuthenticatedBlock(resolved, processor, steps.haveErrorHandlers());
    }

    private static void warnOf(Set<String> kinds, Route route, String connection) {
        if (!kinds.isEmpty()) {
            LOG.warn(
                    "Connection '{}': in the route '{}' the block of ZendeskAuthPolicy goes on elsewhere, with {}. The token"
                            + " goes along with the message, to the error handlers and routes that it meets there, and past the"
                            + " end of the block. Keep the block to the call of Zendesk itself, or hand the token over late:"
                            + " with ZendeskHttpClientConfigurer no message holds it.",
                    connection,
                    route.getRouteId(),
                    String.join(", ", kinds));
        }
    }

    @Override
    public String toString() {
        return "ZendeskAuthPolicy[" + (endpoint == null ? "" : MaskedUri.withoutOptions(endpoint)) + "]";
    }
}
