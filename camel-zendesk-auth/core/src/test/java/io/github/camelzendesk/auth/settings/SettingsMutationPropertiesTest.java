package io.github.camelzendesk.auth.settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import static io.github.camelzendesk.auth.settings.SettingsSamples.WHOLE;
import static io.github.camelzendesk.auth.settings.SettingsSamples.assertDiscreet;
import static io.github.camelzendesk.auth.settings.SettingsSamples.assertSame;
import static io.github.camelzendesk.auth.settings.SettingsSamples.codec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** S2: whatever happens to the bytes of a settings file, they never read as other tokens. */
class SettingsMutationPropertiesTest {
    private static final String PLACE = "The settings file /x";
    // What JSON gives a meaning to; the bits of each byte are flipped besides.
    private static final byte[] TELLING = "\"\\:0 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLAIN = codec(false).encode(WHOLE);
    private static final byte[] SEALED = codec(true).encode(WHOLE);

    @Example
    void s2_everyByteOfAPlainFileCounts() {
        eachMutation(PLAIN).forEach(mutation -> refusedOrSame(mutation, false));
    }

    @Example
    void s2_everyByteOfAnEncryptedFileCounts() {
        eachMutation(SEALED).forEach(mutation -> refusedOrSame(mutation, true));
    }

    @Property(tries = 1000)
    void anyByteMayBecomeAnyOther(@ForAll boolean sealed, @ForAll @IntRange(max = 5000) int at, @ForAll byte value) {
        byte[] mutation = (sealed ? SEALED : PLAIN).clone();
        mutation[at % mutation.length] = value;
        refusedOrSame(mutation, sealed);
    }

    @Property(tries = 500)
    void anyTwoPiecesOfAnEncryptedFileMayChangePlaces(@ForAll @Size(3) int[] cuts) {
        int[] at = Arrays.stream(cuts)
                .map(cut -> Math.floorMod(cut, SEALED.length + 1))
                .sorted()
                .toArray();
        byte[] mutation = SEALED.clone();
        System.arraycopy(SEALED, at[1], mutation, at[0], at[2] - at[1]);
        System.arraycopy(SEALED, at[0], mutation, at[0] + at[2] - at[1], at[1] - at[0]);
        refusedOrSame(mutation, true);
    }

    @Example
    void everyTruncationIsRefused() {
        for (byte[] whole : new byte[][] {PLAIN, SEALED}) {
            for (int length = 0; length < whole.length; length++) {
                refused(Arrays.copyOf(whole, length), whole == SEALED);
            }
        }
    }

    @Property(tries = 500)
    void anyBytesAtAllAreRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean sealed) {
        refused(bytes, sealed);
    }

    @Property(tries = 500)
    void bytesAfterTheEndAreWhiteSpaceOrRefused(@ForAll @Size(min = 1, max = 8) byte[] more, @ForAll boolean sealed) {
        byte[] whole = sealed ? SEALED : PLAIN;
        byte[] longer = Arrays.copyOf(whole, whole.length + more.length);
        System.arraycopy(more, 0, longer, whole.length, more.length);
        refusedOrSame(longer, sealed);
    }

    @Property(tries = 200)
    void anotherEncodingIsReadAsItIsOrRefusedEvenWhenItBreaksOff(
            @ForAll @IntRange(max = 4000) int at, @ForAll byte value) {
        for (String name : new String[] {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"}) {
            byte[] mutation = new String(PLAIN, StandardCharsets.UTF_8).getBytes(Charset.forName(name));
            mutation[at % mutation.length] = value;
            refusedOrSame(mutation, false);
        }
    }

    private static Iterable<byte[]> eachMutation(byte[] whole) {
        return () -> IntStream.range(0, whole.length)
                .boxed()
                .flatMap(at -> IntStream.range(0, 8 + TELLING.length).mapToObj(which -> {
                    byte[] mutation = whole.clone();
                    mutation[at] = which < 8 ? (byte) (whole[at] ^ 1 << which) : TELLING[which - 8];
                    return mutation;
                }))
                .iterator();
    }

    private static void refusedOrSame(byte[] bytes, boolean sealed) {
        OAuthSettings read;
        try {
            read = codec(sealed).decode(bytes, PLACE);
        } catch (SettingsStoreException e) {
            assertDiscreet(e, PLACE);
            return;
        }
        assertSame(sealed ? read : withoutARenamedChecksum(read), WHOLE);
    }

    /** A checksum whose name is damaged is a member like any other of a file that was written by hand. */
    private static OAuthSettings withoutARenamedChecksum(OAuthSettings read) {
        Map<String, JsonNode> others = new HashMap<>(read.others());
        others.values().removeIf(value -> value.asText().startsWith("sha256:"));
        assertThat(read.others().size() - others.size()).isLessThan(2);
        return new OAuthSettings(
                read.owner(),
                read.lineage(),
                read.generation(),
                read.tokens(),
                read.pending(),
                read.ended(),
                read.backoff(),
                read.seenRefreshTokens(),
                others);
    }

    private static void refused(byte[] bytes, boolean sealed) {
        try {
            codec(sealed).decode(bytes, PLACE);
        } catch (SettingsStoreException e) {
            assertDiscreet(e, PLACE);
            return;
        }
        fail("It was read as settings");
    }
}
