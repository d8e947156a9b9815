package io.github.camelzendesk.auth.settings;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;
import io.github.camelzendesk.auth.settings.internal.json.SettingsCipher;
import io.github.camelzendesk.auth.settings.internal.json.SettingsJson;

/**
 * Turns the settings of one connection into the bytes of a settings file and back, encrypted when there is a key.
 * Immutable and thread-safe.
 *
 * <p>Reading refuses, with {@link SettingsStoreException}, what is damaged, of an unknown format, encrypted with
 * another key, or of another {@link SettingsOwner}. The format is described in {@code docs/settings-file.adoc}.
 */
public final class SettingsCodec {
    private static final String CIPHER_NAME = "A256GCM";
    private static final Set<String> SEALED_MEMBERS = Set.of("encryption", "key_id", "nonce", "ciphertext");
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // Unknown members survive as they are: a double would round them, and turn 1e400 into a text.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private final SettingsOwner owner;
    private final List<SettingsCipher> ciphers; // the first writes; none for plain text

    private SettingsCodec(SettingsOwner owner, List<SettingsCipher> ciphers) {
        this.owner = owner;
        this.ciphers = ciphers;
    }

    /**
     * The codec of a connection.
     *
     * @param owner whose settings they are; those of others are refused
     * @param base64Keys 256 bits in base64, or several such keys with commas, of which the first writes and all read; null
     *     stores in plain text
     * @throws IllegalArgumentException when a key is not that, with a message for the user
     */
    public static SettingsCodec of(SettingsOwner owner, @Nullable Secret base64Keys) {
        return new SettingsCodec(owner, base64Keys == null ? List.of() : ciphers(base64Keys));
    }

    private static List<SettingsCipher> ciphers(Secret base64Keys) {
        SecureRandom random = new SecureRandom();
        return Stream.of(base64Keys.reveal().split(","))
                .map(key -> SettingsCipher.of(Secret.of(key.strip()), random))
                .toList();
    }

    /** The same for a person's grant. */
    public static SettingsCodec of(String url, String clientId, @Nullable Secret base64Key) {
        return of(SettingsOwner.person(url, clientId), base64Key);
    }

    public byte[] encode(OAuthSettings settings) {
        ObjectNode json = SettingsJson.write(settings);
        json.put(SettingsJson.CHECKSUM_MEMBER, checksum(json));
        byte[] plain = bytes(json);
        return ciphers.isEmpty() ? plain : bytes(seal(ciphers.get(0), settings.generation(), plain));
    }

    /**
     * Reads settings back.
     *
     * @param where names the place in the message of a refusal
     */
    public OAuthSettings decode(byte[] bytes, String where) {
        JsonNode json = parse(bytes, where);
        checkFormat(json, where);
        OAuthSettings settings = settings(isSealed(json) ? open(json, where) : json, where);
        checkOwner(settings.owner(), where);
        return settings;
    }

    /** Refuses the settings of another owner. Called directly by stores that keep settings without bytes. */
    public void checkOwner(SettingsOwner stored, String where) {
        if (!stored.equals(owner)) {
            throw new SettingsStoreException(where + " belongs to " + stored.describe() + ", not to "
                    + owner.describe() + " as url, oauthClientId, authScheme and scope say. Set oauthSettingsLocation"
                    + " to another place for this connection, or move that one away.");
        }
    }

    /** The bytes of anything else that is worth keeping, under the same key. */
    public byte[] protect(byte[] content) {
        return ciphers.isEmpty() ? content : bytes(seal(ciphers.get(0), 0, content));
    }

    private OAuthSettings settings(JsonNode json, String where) {
        JsonNode checksum = json.get(SettingsJson.CHECKSUM_MEMBER);
        // A file without a checksum was written or edited by hand, which operators may do.
        if (checksum != null && !checksum.asText().equals(checksum(json))) {
            throw damaged(where, "its checksum does not match (after an edit by hand, remove the member 'checksum')");
        }
        try {
            return SettingsJson.read(json, owner);
        } catch (IllegalArgumentException e) {
            throw damaged(where, String.valueOf(e.getMessage()));
        }
    }

    private static void checkFormat(JsonNode json, String where) {
        if (!SettingsJson.FORMAT.equals(json.path(SettingsJson.FORMAT_MEMBER).asText())) {
            throw new SettingsStoreException(
                    where + " is not a settings file of camel-zendesk-auth, or of a version that"
                            + " this one cannot read (expected format '" + SettingsJson.FORMAT
                            + "'). It was left as it is. Set oauthSettingsLocation to another place, or move it away.");
        }
    }

    private ObjectNode seal(SettingsCipher cipher, long generation, byte[] plain) {
        byte[] nonce = cipher.newNonce();
        ObjectNode json = MAPPER.createObjectNode();
        json.put(SettingsJson.FORMAT_MEMBER, SettingsJson.FORMAT);
        json.put("url", owner.url());
        json.put("client_id", owner.clientId());
        json.put("encryption", CIPHER_NAME);
        json.put("key_id", cipher.keyId());
        json.put("generation", generation);
        json.put("nonce", nonce);
        json.put("ciphertext", cipher.encrypt(nonce, context(generation), plain));
        return json;
    }

    /** One of its members is enough: were it not, a damaged name would make an encrypted file one without tokens. */
    private static boolean isSealed(JsonNode json) {
        return SEALED_MEMBERS.stream().anyMatch(json::has);
    }

    private JsonNode open(JsonNode sealed, String where) {
        checkOwner(visibleOwner(sealed), where);
        SettingsCipher opening = matchingCipher(sealed, where);
        if (!CIPHER_NAME.equals(sealed.path("encryption").asText())) {
            throw damaged(where, "its member 'encryption' is not " + CIPHER_NAME);
        }
        return parse(decrypt(opening, sealed, where), where);
    }

    /** The kind and the scope are encrypted, and checked after. */
    private SettingsOwner visibleOwner(JsonNode sealed) {
        return new SettingsOwner(
                sealed.path("url").asText(), sealed.path("client_id").asText(), owner.grant(), owner.scope());
    }

    private SettingsCipher matchingCipher(JsonNode sealed, String where) {
        if (ciphers.isEmpty()) {
            throw new SettingsStoreException(where + " is encrypted: set oauthSettingsSecretKey to its key.");
        }
        String keyId = sealed.path("key_id").asText();
        return ciphers.stream()
                .filter(cipher -> cipher.keyId().equals(keyId))
                .findFirst()
                .orElseThrow(() -> new SettingsStoreException(where + " is encrypted with another key (key_id "
                        + LogSafeText.oneLine(keyId.replaceAll("[^0-9a-f]", "?"))
                        + ") than oauthSettingsSecretKey (key_id "
                        + ciphers.stream().map(SettingsCipher::keyId).collect(Collectors.joining(", "))
                        + "): set the key it was written with, after the others and a comma."));
    }

    private byte[] decrypt(SettingsCipher opening, JsonNode sealed, String where) {
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] nonce = base64.decode(sealed.path("nonce").asText());
            byte[] ciphertext = base64.decode(sealed.path("ciphertext").asText());
            return opening.decrypt(nonce, context(sealed.path("generation").asLong(-1)), ciphertext);
        } catch (GeneralSecurityException | ProviderException | IllegalArgumentException e) {
            // Java 17 throws a ProviderException for a ciphertext that is shorter than its tag.
            throw damaged(where, "its authentication tag does not match");
        }
    }

    /** What the ciphertext is bound to, so that it cannot be moved to another account or another generation. */
    private String context(long generation) {
        return SettingsJson.FORMAT + "\n" + owner.url() + "\n" + owner.clientId() + "\n" + generation;
    }

    private static JsonNode parse(byte[] bytes, String where) {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException | NumberFormatException e) {
            // Falls through without a cause: the parser's message quotes what it read.
        }
        throw damaged(where, bytes.length == 0 ? "it is empty" : "it is not a JSON object");
    }

    private static SettingsStoreException damaged(String where, String why) {
        return new SettingsStoreException(where + " is damaged: " + why
                + ". It was left as it is. Move it away and log in again; a backup helps only if it was made after the"
                + " last rotation.");
    }

    private static String checksum(JsonNode json) {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        json.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        members.remove(SettingsJson.CHECKSUM_MEMBER);
        try {
            byte[] canonical =
                    MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(members);
            return "sha256:" + HexFormat.of().formatHex(Secret.sha256().digest(canonical));
        } catch (JacksonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JacksonException e) {
            throw new IllegalStateException(e);
        }
    }
}
