package io.github.camelzendesk.auth.cli.internal.migrate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is in the Basic credentials (RFC 7617) that stand encoded in a line. Stateless. */
final class BasicHeader {
    /** What the findings call it. */
    static final String NAME = "Authorization: Basic";

    private static final Pattern ENCODED =
            Pattern.compile("(?<basic>Basic\\s+)?(?<![A-Za-z0-9+/])(?<text>[A-Za-z0-9+/]{16,}={0,2})");
    private static final Pattern API_TOKEN = Pattern.compile("[^\\s:@]+@[^\\s:]+/token:\\S+");
    private static final Pattern PASSWORD = Pattern.compile("[^\\s:@]+@[^\\s:]+\\.\\w+:\\p{Graph}+");

    private BasicHeader() {}

    /** An API token wherever it stands; an e-mail and a password behind the word Basic only. */
    static Optional<Kind> in(String line) {
        Matcher encoded = ENCODED.matcher(line);
        while (encoded.find()) {
            String text = decoded(encoded.group("text"));
            if (API_TOKEN.matcher(text).matches()) {
                return Optional.of(Kind.API_TOKEN);
            }
            if (encoded.group("basic") != null && PASSWORD.matcher(text).matches()) {
                return Optional.of(Kind.PASSWORD);
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
