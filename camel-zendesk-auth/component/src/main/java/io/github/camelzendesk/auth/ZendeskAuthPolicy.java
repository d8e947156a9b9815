package io.github.camelzendesk.auth;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.spi.Policy;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Authenticates a block of a route: attaches the credentials, runs the block, replaces a token that Zendesk refuses with
 * 401 {@code invalid_token} and then runs the block once more with the original message, and always takes the credentials
 * off afterwards. Safe for use by several routes at once, each of which may run on several threads.
 *
 * <p>Within the block no error handler runs: what fails there fails the block, and its error handler meets a message
 * without credentials. A redelivery runs the whole block again. Nothing is repeated after a 403, nor after a second 401,
 * which {@code X-On-Behalf-Of} causes when it names nobody. Follows RFC 6750 section 3.1.
 */
public final class ZendeskAuthPolicy implements Policy {
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
            leaveErrorsToTheBlock(block);
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
        return new AuthenticatedBlock(resolved, processor);
    }

    /**
     * An error handler within would send the message on, with the credentials on it, before the block could remove them.
     * Camel asks a node's mark when it makes the nodes below it.
     */
    private static void leaveErrorsToTheBlock(ProcessorDefinition<?> node) {
        node.setInheritErrorHandler(false);
        node.getOutputs().forEach(ZendeskAuthPolicy::leaveErrorsToTheBlock);
    }

    @Override
    public String toString() {
        return "ZendeskAuthPolicy[" + (endpoint == null ? "" : MaskedUri.withoutOptions(endpoint)) + "]";
    }
}
