package io.github.camelzendesk.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.Message;
import org.apache.camel.util.URISupport;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * Decides what a message may choose: the options in the URI of a named connection, which may be made of a message, and
 * the headers. Each option and each header is in one of the tables; any other is refused, or ignored.
 * Immutable and thread-safe.
 *
 * <p>All of it is plain text: it is never looked up as a bean, a class, a property or an expression, and no error quotes
 * it.
 */
final class MessageInput {
    private static final Comparator<String> BY_NAME = Comparator.comparing(MessageInput::bare);

    /** What such a URI sets. What Camel itself sets is only checked. */
    private static final NavigableMap<String, BiConsumer<ZendeskAuthConfiguration, String>> OPEN =
            new TreeMap<>(BY_NAME);

    static {
        OPEN.put("operation", (options, text) -> options.setOperation(operation("operation", text)));
        OPEN.put("onBehalfOf", ZendeskAuthConfiguration::setOnBehalfOf);
        OPEN.put("marketplaceName", ZendeskAuthConfiguration::setMarketplaceName);
        OPEN.put("marketplaceOrganizationId", ZendeskAuthConfiguration::setMarketplaceOrganizationId);
        OPEN.put("marketplaceAppId", ZendeskAuthConfiguration::setMarketplaceAppId);
        OPEN.put("marketplaceBotId", ZendeskAuthConfiguration::setMarketplaceBotId);
        OPEN.put("verifyOnStart", (options, text) -> options.setVerifyOnStart(isTrue("verifyOnStart", text)));
        OPEN.put("lazyStartProducer", (options, text) -> isTrue("lazyStartProducer", text));
    }

    /** What such a URI never sets: all other options of a connection, and these of Camel's. */
    private static final Set<String> CLOSED = Stream.concat(
                    Options.ALL.stream().map(Option::name),
                    Stream.of(
                            "okHttpClient",
                            "onBehalfOfFromHeader",
                            "operationFromHeader",
                            "sslContextParameters",
                            "tokenManager"))
            .filter(name -> !OPEN.containsKey(name))
            .collect(Collectors.toUnmodifiableSet());

    /** The headers of a login that the route itself performs. They choose nothing. */
    static final Set<String> OF_A_LOGIN =
            Set.of(ZendeskAuthConstants.CODE, ZendeskAuthConstants.STATE, ZendeskAuthConstants.PKCE_VERIFIER);

    private static final Pattern WRAPPER = Pattern.compile("^[\\s+]*RAW[({]|^[\\s+]+");
    private static final Pattern PERCENT = Pattern.compile("%(\\p{XDigit}{2})");
    /** What is wrapped or encoded more often stays text: Camel takes off less than that. */
    private static final int MOST_ROUNDS = 4;

    private static final List<String> RESOLVED_BY_CAMEL = List.of("{{", "${", "$simple{");

    private final Set<String> headers;
    private final ZendeskAuthOperation operation;

    MessageInput(ZendeskAuthConfiguration options) {
        operation = options.getOperation();
        Set<String> counting = new HashSet<>(OF_A_LOGIN);
        if (options.isOperationFromHeader()) {
            counting.add(ZendeskAuthConstants.OPERATION);
        }
        if (options.isOnBehalfOfFromHeader()) {
            counting.add(ZendeskAuthConstants.ON_BEHALF_OF);
        }
        headers = Set.copyOf(counting);
    }

    /**
     * Leaves of the options in a URI their plain text, by their names in the catalog.
     *
     * @throws ConfigurationRefused for an option that such a URI may not set, and for a value that is no plain one
     */
    static void check(Map<String, Object> parameters) {
        refuseOthers(parameters.keySet());
        URISupport.resolveRawParameterValues(parameters);
        Map<String, Object> plain = new LinkedHashMap<>();
        parameters.forEach((name, value) -> plain.put(OPEN.ceilingKey(name), plainText(value)));
        if (plain.size() < parameters.size()) {
            throw notPlain();
        }
        bind(plain, new ZendeskAuthConfiguration());
        parameters.clear();
        parameters.putAll(plain);
    }

    /** Sets the options that {@link #check} left. */
    static void bind(Map<String, Object> plain, ZendeskAuthConfiguration options) {
        plain.forEach((name, text) -> OPEN.get(name).accept(options, (String) text));
    }

    /** An option's name as Camel binds it: in any case, with dashes or without. */
    static String bare(String option) {
        return option.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Without percent-encoding, taken off more often than Camel takes it off. */
    static String decoded(String text) {
        String decoded = text;
        for (int round = 0; round < MOST_ROUNDS && decoded.indexOf('%') >= 0; round++) {
            decoded = PERCENT.matcher(decoded)
                    .replaceAll(
                            code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1), 16))));
        }
        return decoded;
    }

    /** All options of the tables: all that there are, as a test compares with the catalog. */
    static Set<String> options() {
        Set<String> all = new TreeSet<>(CLOSED);
        all.addAll(OPEN.keySet());
        return all;
    }

    /** The headers that count here. */
    Set<String> headers() {
        return headers;
    }

    ZendeskAuthOperation operation(Message message) {
        String asked = header(message, ZendeskAuthConstants.OPERATION);
        return asked == null ? operation : operation(ZendeskAuthConstants.OPERATION, asked);
    }

    /**
     * The text of a header, null when there is none or it does not count. One without a value is an empty text: a person who
     * could not be found is not the same as none.
     *
     * @throws ConfigurationRefused when it cannot be read as text
     */
    String header(Message message, String name) {
        if (!headers.contains(name) || !message.getHeaders().containsKey(name)) {
            return null;
        }
        try {
            return message.getHeader(name) == null ? "" : Objects.requireNonNull(message.getHeader(name, String.class));
        } catch (RuntimeException e) {
            // Without the cause, which quotes the value.
            throw new ConfigurationRefused("The header " + name + " must be a text: this one cannot be read as one.");
        }
    }

    private static void refuseOthers(Collection<String> names) {
        List<String> others = names.stream()
                .filter(name -> !OPEN.containsKey(name))
                .map(MessageInput::shown)
                .distinct()
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new ConfigurationRefused("This connection is configured by name, so its URI cannot set "
                    + String.join(", ", others)
                    + ": set this where the connection is configured, and leave it out of the URI.");
        }
    }

    /** Never the text of the URI, which may be anything. */
    private static String shown(String name) {
        return CLOSED.stream()
                .filter(closed -> bare(closed).equals(bare(name)))
                .findFirst()
                .orElse("an unknown option");
    }

    private static String plainText(Object value) {
        boolean plain = value instanceof String || value instanceof Boolean || value instanceof ZendeskAuthOperation;
        if (!plain || isReference(value.toString())) {
            throw notPlain();
        }
        return value.toString();
    }

    private static boolean isReference(String text) {
        String bare = decoded(text);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            bare = decoded(WRAPPER.matcher(bare).replaceFirst(""));
        }
        return bare.startsWith("#") || RESOLVED_BY_CAMEL.stream().anyMatch(bare::contains);
    }

    private static ConfigurationRefused notPlain() {
        return new ConfigurationRefused(
                "The URI of a connection that is configured by name takes plain values, each option"
                        + " once: no reference, placeholder or expression. Set such a value where the connection is configured.");
    }

    /** @throws ConfigurationRefused when it is none, with all there are */
    static ZendeskAuthOperation operation(String where, String text) {
        return Arrays.stream(ZendeskAuthOperation.values())
                .filter(operation -> bare(operation.name()).equals(bare(text)))
                .findFirst()
                .orElseThrow(() -> new ConfigurationRefused(
                        where + " must be one of " + Arrays.toString(ZendeskAuthOperation.values()) + "."));
    }

    private static boolean isTrue(String option, String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new ConfigurationRefused(option + " must be true or false.");
        }
        return Boolean.parseBoolean(text);
    }
}
