package io.github.camelzendesk.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Looks at each URI that a {@code toD} has made of a message, before Camel uses or quotes it. Where connections are
 * configured by name, a message fills in the places that the template has for it, and adds nothing: no option, and no
 * connection. One instance serves one {@code toD}, and is safe for use by several threads.
 *
 * <p>Not made with Camel's base class, which asks generated code for a method that differs between 4.14 and 4.18.
 */
@SendDynamic("zendesk-auth")
public final class ZendeskAuthSendDynamicAware extends ServiceSupport implements SendDynamicAware {
    private static final Pattern EXPRESSION = Pattern.compile("\\$(simple)?\\{[^{}]*}");

    private CamelContext camelContext;
    private String scheme;
    private volatile Long written;

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
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String template) {
        NamedConnections named =
                camelContext.getComponent(scheme, ZendeskAuthComponent.class).named();
        if (delimiters(uri) != written(template) && named.isClosed()) {
            throw new ConfigurationRefused(
                    "A message adds to this URI what its toD does not say. Write each option into the"
                            + " toD, such as zendesk-auth:acme?operation=status: a value from a message holds no ? and no &.");
        }
        if (camelContext.hasEndpoint(uri) == null) {
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

    /** How many of them are in the template itself. All others are from the message. */
    private long written(String template) {
        if (written == null) {
            String literal = EndpointHelper.resolveEndpointUriPropertyPlaceholders(camelContext, template);
            String before;
            do {
                before = literal;
                literal = EXPRESSION.matcher(before).replaceAll("");
            } while (!literal.equals(before));
            written = delimiters(literal);
        }
        return written;
    }

    /** What an option begins with, encoded or not: Camel takes the encoding off before it takes the options apart. */
    private static long delimiters(String uri) {
        return MessageInput.decoded(uri)
                .chars()
                .filter(character -> character == '?' || character == '&')
                .count();
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
