package io.github.camelzendesk.auth.options.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/** The request headers that an endpoint's options ask for beside the authorization. Stateless. */
public final class ConfiguredHeaders {
    /** All that may be asked for. */
    public static final List<String> NAMES =
            Options.ALL.stream().map(Option::header).filter(Objects::nonNull).toList();

    private static final List<String> FOREIGN =
            Stream.concat(NAMES.stream(), Stream.of("Authorization", "Cookie")).toList();
    /** All but what RFC 9110 section 5.6.2 lets a name consist of. */
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^A-Za-z0-9!#$%&'*+.^`|~-]+");

    private static final int LAST_OF_LATIN_1 = 0xff;

    private ConfiguredHeaders() {}

    /**
     * The headers by name, empty when none are asked for.
     *
     * @throws ConfigurationRefused when a value is one that no header can hold
     */
    public static Map<String, String> of(ConnectionOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Option<?> option : Options.ALL) {
            if (option.header() != null && options.find(option) instanceof String value) {
                headers.put(option.header(), oneLine(value));
            }
        }
        return headers;
    }

    /**
     * Whether a message must not bring it along: it would choose as whom Zendesk is called, or in which session. Also where
     * that is a part of a longer name, which an HTTP client may write as it is: what follows a colon is a value to the
     * server. And servers take an underscore for a dash.
     */
    public static boolean isForeign(String header) {
        return isNamed(header)
                || (!isPlain(header)
                        && BETWEEN_NAMES.splitAsStream(header.replace('_', '-')).anyMatch(ConfiguredHeaders::isNamed));
    }

    /** A loop, because names of another length cost next to nothing, and this is for each header of each message. */
    private static boolean isNamed(String header) {
        for (int i = 0; i < FOREIGN.size(); i++) {
            if (FOREIGN.get(i).equalsIgnoreCase(header)) {
                return true;
            }
        }
        return false;
    }

    /** For each header of each message, so it allocates nothing. */
    private static boolean isPlain(String header) {
        for (int i = 0; i < header.length(); i++) {
            char character = header.charAt(i);
            boolean letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
            if (!letter && character != '-' && !(character >= '0' && character <= '9')) {
                return false;
            }
        }
        return true;
    }

    /**
     * A value that can be a header.
     *
     * @throws ConfigurationRefused when it is blank, not one line, or not in Latin-1
     */
    public static String oneLine(String value) {
        // Blank is refused too: a call for an end user must not become the agent's.
        if (value.isBlank() || value.chars().anyMatch(ConfiguredHeaders::cannotBeSent)) {
            throw new ConfigurationRefused("onBehalfOf and the marketplace options must be one line without control"
                    + " characters, of Latin-1 letters and not blank: they become request headers. Leave out those without a"
                    + " value.");
        }
        return value;
    }

    /** HTTP clients send a question mark in place of what is not in Latin-1 (RFC 9110 section 5.5): another person's name. */
    private static boolean cannotBeSent(int character) {
        return Character.isISOControl(character) || character > LAST_OF_LATIN_1;
    }
}
