package io.github.camelzendesk.auth.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelzendesk.auth.AnyJson;
import io.github.camelzendesk.auth.settings.internal.file.FileSettingsStore;
import io.github.camelzendesk.auth.settings.internal.json.SettingsJson;

import static io.github.camelzendesk.auth.settings.SettingsSamples.CLIENT;
import static io.github.camelzendesk.auth.settings.SettingsSamples.URL;
import static io.github.camelzendesk.auth.settings.SettingsSamples.WHOLE;
import static io.github.camelzendesk.auth.settings.SettingsSamples.assertDiscreet;
import static io.github.camelzendesk.auth.settings.SettingsSamples.assertSame;
import static io.github.camelzendesk.auth.settings.SettingsSamples.codec;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** S3: a settings file is read or refused with the one declared exception, and left as it is in either case. */
class SettingsFilePropertiesTest {
    private static final String CANARY = "canary";
    private static final String[] MEMBERS = {
        "format",
        "url",
        "client_id",
        "lineage",
        "generation",
        "access_token",
        "token_type",
        "refresh_token",
        "scope",
        "obtained_at",
        "expires_at",
        "refresh_token_expires_at",
        "pending",
        "authorization_required",
        "retry_at",
        "retry_after",
        "seen_refresh_tokens",
        "note",
        "checksum",
        "encryption",
        "key_id",
        "nonce",
        "ciphertext"
    };
    private Path file;

    @BeforeProperty
    void createTheFile() throws IOException {
        file = Files.createTempFile(
                        Path.of("target"),
                        "settings",
                        ".json",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .toRealPath();
    }

    @AfterProperty
    void deleteTheFile() throws IOException {
        Files.delete(file);
    }

    @Property(tries = 200)
    void aMemberOfAnotherTypeIsRefusedOrKept(
            @ForAll("members") String member, @ForAll("values") String value, @ForAll boolean sealed) {
        holdsTheLaw("{" + fields(member) + AnyJson.quoted(member) + ":" + value + "}", sealed);
    }

    @Property(tries = 200)
    void aMemberOfAMemberOfAnotherTypeIsRefusedOrKept(@ForAll("inner") String inner) {
        for (String member : new String[] {"pending", "authorization_required"}) {
            holdsTheLaw("{" + fields(member) + AnyJson.quoted(member) + ":" + inner + "}", false);
        }
    }

    @Property(tries = 200)
    void anyJsonAtAllIsRefusedOrKept(@ForAll("documents") String document, @ForAll boolean sealed) {
        holdsTheLaw(document, sealed);
    }

    @Property(tries = 50)
    void aMemberThatStandsTwiceIsRefused(@ForAll("members") String member, @ForAll("values") String value) {
        String twice = AnyJson.quoted(member) + ":" + value;
        assertThat(load("{" + fields(member) + twice + "," + twice + "}", false))
                .isEmpty();
        assertThat(load("{" + fields("") + "\"more\":{" + twice + "," + twice + "}}", false))
                .isEmpty();
    }

    @Example
    void noDepthAndNoSizeIsTooMuch() {
        for (int depth : new int[] {990, 997, 998, 999, 1000, 1001, 100_000, 500_000}) {
            holdsTheLaw("{" + fields("") + "\"deep\":" + AnyJson.nested(depth) + "}", false);
            holdsTheLaw("[".repeat(depth), true);
            holdsTheLaw("{\"a\":".repeat(depth), true);
        }
        assertThat(load(" ".repeat(2 << 20), false)).isEmpty();
        assertThat(load("{" + fields("lineage") + "\"lineage\":\"" + "x".repeat(2 << 20) + "\"}", false))
                .isEmpty();
    }

    @Example
    void nothingOfTheContentIsQuotedWhereverItStands() {
        for (String member : MEMBERS) {
            for (String value :
                    new String[] {"\"canary\\u0007\"", "canary", "[\"canary\"", "{\"canary\":1}", "1canary"}) {
                for (boolean sealed : new boolean[] {true, false}) {
                    holdsTheLaw("{" + fields(member) + AnyJson.quoted(member) + ":" + value + "}", sealed);
                }
            }
        }
    }

    @Example
    void aFileThatNotEvenItsOwnerMayReadIsRefusedOrRead() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        try {
            store(false).load();
        } catch (SettingsStoreException e) {
            assertDiscreet(e, file.toString());
        }
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(MEMBERS);
    }

    @Provide
    Arbitrary<String> values() {
        return AnyJson.value();
    }

    @Provide
    Arbitrary<String> inner() {
        return AnyJson.objectOf("fingerprint", "generation", "started_at", "owner", "reason", "since");
    }

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.oneOf(AnyJson.value(), AnyJson.objectOf(MEMBERS));
    }

    /** The members of a valid document but this one, each with a comma behind it. */
    private static String fields(String without) {
        ObjectNode whole = SettingsJson.write(WHOLE);
        StringBuilder fields = new StringBuilder();
        for (Iterator<Map.Entry<String, JsonNode>> all = whole.properties().iterator(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> field = all.next();
            if (!field.getKey().equals(without)) {
                fields.append('"')
                        .append(field.getKey())
                        .append("\":")
                        .append(field.getValue())
                        .append(',');
            }
        }
        return fields.toString();
    }

    /** What was read can be written and read again, or a read token would end in a lost one. */
    private void holdsTheLaw(String content, boolean sealed) {
        load(content, sealed).ifPresent(read -> {
            assertThat(read.owner()).isEqualTo(SettingsOwner.person(URL, CLIENT));
            assertSame(codec(sealed).decode(codec(sealed).encode(read), "again"), read);
        });
    }

    private Optional<OAuthSettings> load(String content, boolean sealed) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, bytes);
            return store(sealed).load();
        } catch (SettingsStoreException e) {
            assertDiscreet(e, file.toString());
            assertThat(e.getMessage().replaceAll("belongs to .* not to", "")).doesNotContain(CANARY);
            return Optional.empty();
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            assertUnchanged(bytes);
        }
    }

    private void assertUnchanged(byte[] bytes) {
        try {
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private SettingsStore store(boolean sealed) {
        return new FileSettingsStore(file, codec(sealed));
    }
}
