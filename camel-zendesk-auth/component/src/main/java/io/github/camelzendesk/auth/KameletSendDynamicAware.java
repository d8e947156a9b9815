package io.github.camelzendesk.auth;

import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.SendDynamicAware;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceSupport;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

/**
 * Looks at each URI that a {@code toD} has made of a message for a Kamelet of this project, before Camel does: Camel makes
 * an object of {@code RAW(#class:...)} in any parameter, and takes what follows an ampersand for another one. Other
 * Kamelets are left alone. One instance serves one {@code toD}, and is thread-safe.
 */
public final class KameletSendDynamicAware extends ServiceSupport implements SendDynamicAware {
    private static final Pattern OURS =
            Pattern.compile("kamelet:(//)?zendesk-(source|sink|auth-action)([/?].*)?", Pattern.DOTALL);
    /** What an expression of the template may come to: no character that has a meaning in a URI of Camel. */
    private static final Pattern PLAIN = Pattern.compile("[^#?&%{}()$]+");

    private CamelContext camelContext;
    private String scheme;
    private volatile String written;

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
     * @throws ConfigurationRefused when the message brings more than a plain value
     */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        if (OURS.matcher(uri).matches() && !meaningful(uri).equals(written(originalUri))) {
            throw new ConfigurationRefused(
                    "A message brings more into the URI of this Kamelet than plain values: filter"
                            + " it before the toD, down to letters, digits and the characters . _ - @ +.");
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

    private static String meaningful(String uri) {
        return PLAIN.matcher(uri).replaceAll("");
    }

    /** The characters with a meaning that the author wrote, in order. */
    private String written(String template) {
        if (written == null) {
            String text = EndpointHelper.resolveEndpointUriPropertyPlaceholders(camelContext, template);
            written = meaningful(withoutExpressions(text.strip().replace("$simple{", "${")));
        }
        return written;
    }

    private static String withoutExpressions(String template) {
        int begin = template.indexOf("${");
        return begin < 0
                ? template
                : template.substring(0, begin) + withoutExpressions(template.substring(end(template, begin + 1)));
    }

    /** Behind the brace that closes the one here. */
    private static int end(String template, int begin) {
        int depth = 0;
        for (int i = begin; i < template.length(); i++) {
            char character = template.charAt(i);
            depth += character == '{' ? 1 : character == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return template.length();
    }
}
