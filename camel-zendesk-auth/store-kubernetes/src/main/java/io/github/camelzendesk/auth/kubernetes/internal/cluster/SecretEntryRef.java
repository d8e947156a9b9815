package io.github.camelzendesk.auth.kubernetes.internal.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where the settings of one connection are, in names that Kubernetes allows. Immutable.
 *
 * @param server the address of the API server
 * @param name the connection's, such as {@code acme@acme.zendesk.com}
 */
public record SecretEntryRef(String server, String namespace, String secret, String name) {
    // Its one underscore stands where the @ was, so that no two names share a key.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*@[A-Za-z0-9.-]+");
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_PREFIX = 180;
    private static final int KEY_HASH = 16;
    private static final int LEASE_HASH = 24;

    public String identity() {
        return "kubernetes:" + server + namespace + "/" + secret + "#" + key();
    }

    /** Which Secret, for a watch of the whole. */
    public String secretIdentity() {
        return server + namespace + "/" + secret;
    }

    /** For messages. */
    public String describe() {
        return "The key " + key() + " of the Secret " + namespace + "/" + secret;
    }

    /** The data key in the Secret. */
    public String key() {
        if (PLAIN.matcher(name).matches() && name.length() <= LONGEST_KEY) {
            return name.replace('@', '_');
        }
        // Two underscores and a hash: apart from all plain ones, and from each other.
        String letters = name.replaceAll("[^A-Za-z0-9.-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return shortened(letters) + "__" + hash(name, KEY_HASH);
    }

    /** The lock: a DNS subdomain name (RFC 1123) of bounded length. */
    public String lease() {
        String letters = shortened(secret).replaceFirst("[^a-z0-9]+$", "");
        return letters + "-" + hash(secret + "\n" + name, LEASE_HASH);
    }

    private static String shortened(String letters) {
        return letters.length() <= LONGEST_PREFIX ? letters : letters.substring(0, LONGEST_PREFIX);
    }

    private static String hash(String text, int digits) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, digits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
