package io.github.camelzendesk.auth;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ClaimCheckDefinition;
import org.apache.camel.model.ExecutorServiceAwareDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.loadbalancer.FailoverLoadBalancerDefinition;
import org.apache.camel.support.CamelContextHelper;

/** The steps of a block, and which of them take the headers of a message beyond it. For one thread. */
final class BlockSteps {
    /** Routes of this JVM, and brokers: what receives the message there has its headers. */
    private static final Set<String> HEADERS_GO_ALONG = Set.of(
            "direct",
            "direct-vm",
            "seda",
            "vm",
            "disruptor",
            "disruptor-vm",
            "stub",
            "kamelet",
            "hazelcast-seda",
            "reactive-streams",
            "vertx",
            "spring-event",
            "guava-eventbus",
            "jms",
            "activemq",
            "activemq5",
            "activemq6",
            "amqp",
            "sjms",
            "sjms2",
            "kafka",
            "rabbitmq",
            "spring-rabbitmq",
            "pulsar",
            "nats",
            "stomp",
            "aws2-sqs",
            "aws2-sns",
            "azure-servicebus",
            "azure-eventhubs",
            "google-pubsub",
            "smtp",
            "smtps");

    /** By the names of the DSL: they continue elsewhere, or at another time, whatever they hold. */
    private static final Set<String> ALWAYS =
            Set.of("wireTap", "threads", "aggregate", "resequence", "dynamicRouter", "kamelet");

    /** In these the error handler of the route is at work, unless it is told that there is a doTry around them. */
    private static final Set<String> WITH_AN_ERROR_HANDLER =
            Set.of("multicast", "split", "recipientList", "routingSlip", "dynamicRouter");

    /** Those that address by an expression. */
    private static final Set<String> BY_EXPRESSION = Set.of("enrich", "recipientList", "routingSlip");

    private static final Set<String> LITERAL = Set.of("", "constant", "simple");
    private static final Pattern SCHEME = Pattern.compile("\\s*([\\w.+-]+):.*", Pattern.DOTALL);
    private static final Pattern SHOWN_HEADERS = Pattern.compile("[?&]show(All|Headers)=true\\b");
    private static final Set<String> KEEPING_CLAIMS = Set.of("Set", "Push");

    private final ProcessorDefinition<?> block;
    private final CamelContext context;

    BlockSteps(ProcessorDefinition<?> block, CamelContext context) {
        this.block = block;
        this.context = context;
    }

    /** The block itself and all that is in it, at any depth. */
    static Stream<ProcessorDefinition<?>> all(ProcessorDefinition<?> node) {
        Stream<ProcessorDefinition<?>> within = node.getOutputs().stream();
        if (node instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
            within = Stream.concat(within, breaker.getOnFallback().getOutputs().stream());
        }
        return Stream.concat(Stream.of(node), within.flatMap(BlockSteps::all));
    }

    /** The kinds of steps in the block that take the headers elsewhere, by the names of the DSL, in order. */
    Set<String> takingHeadersAlong() {
        Set<String> kinds = new TreeSet<>();
        all(block).flatMap(this::kinds).forEach(kinds::add);
        if (all(block).anyMatch(TryDefinition.class::isInstance)) {
            // Camel forgets at the end of a doTry that there is another one around it.
            withErrorHandlers().forEach(kind -> kinds.add(kind + " beside doTry"));
        }
        return kinds;
    }

    /** Whether there are steps in which Camel runs the error handler of the route, whatever the steps are told. */
    boolean haveErrorHandlers() {
        return withErrorHandlers().findAny().isPresent();
    }

    private Stream<String> withErrorHandlers() {
        return all(block).map(ProcessorDefinition::getShortName).filter(WITH_AN_ERROR_HANDLER::contains);
    }

    private Stream<String> kinds(ProcessorDefinition<?> step) {
        String name = step.getShortName();
        if (ALWAYS.contains(name)) {
            return Stream.of(name);
        }
        if (isParallel(step)) {
            return Stream.of(name + " in parallel");
        }
        if (step instanceof LoadBalanceDefinition balanced
                && balanced.getLoadBalancerType() instanceof FailoverLoadBalancerDefinition) {
            return Stream.of("loadBalance with failover");
        }
        if (step instanceof ClaimCheckDefinition claim && KEEPING_CLAIMS.contains(claim.getOperation())) {
            return Stream.of(name);
        }
        if (step instanceof CircuitBreakerDefinition breaker && isTimed(breaker)) {
            return Stream.of("circuitBreaker with a timeout");
        }
        return addresses(step).flatMap(address -> kind(name, address));
    }

    private boolean isParallel(ProcessorDefinition<?> step) {
        if (step instanceof MulticastDefinition multicast) {
            return isParallel(multicast.getParallelProcessing(), multicast);
        }
        if (step instanceof SplitDefinition split) {
            return isParallel(split.getParallelProcessing(), split);
        }
        return step instanceof RecipientListDefinition<?> list && isParallel(list.getParallelProcessing(), list);
    }

    /** A pool alone makes it parallel, too. */
    private boolean isParallel(String parallelProcessing, ExecutorServiceAwareDefinition<?> step) {
        return isTrue(parallelProcessing)
                || step.getExecutorServiceBean() != null
                || step.getExecutorServiceRef() != null;
    }

    private boolean isTimed(CircuitBreakerDefinition breaker) {
        return (breaker.getResilience4jConfiguration() != null
                        && isTrue(breaker.getResilience4jConfiguration().getTimeoutEnabled()))
                || (breaker.getFaultToleranceConfiguration() != null
                        && isTrue(breaker.getFaultToleranceConfiguration().getTimeoutEnabled()));
    }

    private boolean isTrue(String option) {
        return Boolean.TRUE.equals(CamelContextHelper.parseBoolean(context, option));
    }

    /** Where the step sends; empty text where only a message will tell. */
    private static Stream<String> addresses(ProcessorDefinition<?> step) {
        if (step instanceof SendDefinition<?> send) {
            return Stream.of(String.valueOf(send.getEndpointUri()));
        }
        if (step instanceof ToDynamicDefinition dynamic) {
            return Stream.of(String.valueOf(dynamic.getUri()));
        }
        if (step instanceof ExpressionNode node && BY_EXPRESSION.contains(step.getShortName())) {
            return literals(node.getExpression()).stream();
        }
        return Stream.empty();
    }

    private static List<String> literals(ExpressionDefinition expression) {
        String language = expression.getLanguage() == null ? "" : expression.getLanguage();
        String text = expression.getExpression();
        return text == null || !LITERAL.contains(language) ? List.of("") : List.of(text.split(","));
    }

    private Stream<String> kind(String step, String address) {
        String uri = endpointUri(address);
        Matcher scheme = SCHEME.matcher(uri);
        if (!scheme.matches()) {
            return Stream.of(step);
        }
        if (HEADERS_GO_ALONG.contains(scheme.group(1))) {
            return Stream.of(scheme.group(1) + ":");
        }
        return scheme.group(1).equals("log") && SHOWN_HEADERS.matcher(uri).find()
                ? Stream.of("log: with headers")
                : Stream.empty();
    }

    /** An endpoint may be a bean, by its name alone or as ref:name. */
    private String endpointUri(String address) {
        String uri = resolved(address);
        Endpoint bean = context.getRegistry()
                .lookupByNameAndType(uri.startsWith("ref:") ? uri.substring("ref:".length()) : uri, Endpoint.class);
        return bean == null ? uri : bean.getEndpointUri();
    }

    private String resolved(String address) {
        try {
            return context.resolvePropertyPlaceholders(address);
        } catch (IllegalArgumentException e) {
            // Camel refuses the step for it, in its own words.
            return address;
        }
    }
}
