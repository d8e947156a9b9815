package io.github.camelzendesk.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Processor;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Looks at each URI that a {@code toD} has made of a message, before Camel uses or quotes it. Where connections are
 * configured by name, a message fills in the places that the template has for it, and adds nothing: no option, and no
 * connection. One instance serves one {@code toD}, and is thread-safe.
 *
 * <p>Not made with Camel's base class, which asks generated code for a method that differs between 4.14 and 4.18.
 */
@SendDynamic("zendesk-auth")
public final class ZendeskAuthSendDynamicAware extends ServiceSupport implements SendDynamicAware {
    private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{[^{}]*}");
    /** What can be evaluated twice, and is the same. */
    private static final Pattern LOOKUP =
            Pattern.compile("\\$(simple)?\\{(headers?|exchangeProperty|variable)[.:\\[][^(){}]*}");

    /** What an option begins with, and what takes the options that follow for its value. */
    private static final Pattern DELIMITER = Pattern.compile("[?&]|RAW[({]");

    private CamelContext camelContext;
    private String scheme;
    private volatile Template template;

    /** What the author wrote. Its text is null where an expression might answer otherwise when it is asked again. */
    private record Template(int delimiters, @Nullable Expression text) {}

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public String getScheme() {
        return scheme;
    }

    @Override
    public void setScheme(String scheme) {
        this.scheme = scheme;
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    /**
     * Only looks, and leaves the sending to Camel.
     *
     * @throws ConfigurationRefused when the message added to the template, or named a connection that is not configured
     */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        NamedConnections named =
                camelContext.getComponent(scheme, ZendeskAuthComponent.class).named();
        if (addsSomething(exchange, uri, template(originalUri)) && named.isClosed()) {
            throw new ConfigurationRefused(
                    "A message adds to this URI what its toD does not say. Write each option into the"
                            + " toD, such as zendesk-auth:acme?operation=status: a value from a message"
                            + " holds no ?, no & and no {{, and is no raw one.");
        }
        if (!named.isOfProperties(asWritten(uri)) && !exists(uri)) {
            named.find(connection(uri));
        }
        return null;
    }

    @Override
    public String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    @Override
    public Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    @Override
    public Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return null;
    }

    /** Camel has read the placeholders in the URI by now, so the text is made once more to see whether there were any. */
    private static boolean addsSomething(Exchange exchange, String uri, Template template) {
        return delimiters(uri) != template.delimiters
                || template.text != null
                        && template.text.evaluate(exchange, String.class).contains("{{");
    }

    private Template template(String originalUri) {
        if (template == null) {
            String text = EndpointHelper.resolveEndpointUriPropertyPlaceholders(camelContext, originalUri);
            String others = LOOKUP.matcher(text).replaceAll("");
            String literal = withoutExpressions(others);
            boolean repeatable = literal.equals(others) && !literal.equals(text);
            template = new Template(delimiters(literal), repeatable ? simple(text) : null);
        }
        return template;
    }

    private Expression simple(String text) {
        Expression expression = camelContext.resolveLanguage("simple").createExpression(text);
        expression.init(camelContext);
        return expression;
    }

    private static String withoutExpressions(String text) {
        String less = EXPRESSION.matcher(text).replaceAll("");
        return less.equals(text) ? text : withoutExpressions(less);
    }

    /** Encoded or not: Camel takes the encoding off before it takes the options apart. */
    private static int delimiters(String uri) {
        return (int) DELIMITER.matcher(MessageInput.decoded(uri)).results().count();
    }

    private boolean exists(String uri) {
        try {
            return camelContext.hasEndpoint(uri) != null;
        } catch (ResolveEndpointFailedException e) {
            // It is no URI, and the exception quotes it.
            return false;
        }
    }

    /** The name, unless it is encoded: then as Camel reads it. */
    private static String asWritten(String uri) {
        String rest = uri.substring(uri.indexOf(':') + 1);
        return StringHelper.before(rest.startsWith("//") ? rest.substring(2) : rest, "?", rest);
    }

    /** The name, as Camel reads it. */
    private static String connection(String uri) {
        try {
            URI parsed = new URI(UnsafeUriCharactersEncoder.encode(URISupport.normalizeUri(uri)));
            return URISupport.extractRemainderPath(parsed, false);
        } catch (URISyntaxException e) {
            // Nobody has configured it, and the exception quotes it.
            return "";
        }
    }
}
