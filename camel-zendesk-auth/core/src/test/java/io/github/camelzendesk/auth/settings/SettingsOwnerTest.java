package io.github.camelzendesk.auth.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a document belongs to: account, client, kind of credentials, and the scope that a client asks for. */
class SettingsOwnerTest {
    private static final String URL = "https://acme.zendesk.com";
    private static final String BY_HAND =
            """
            {
              "format" : "camel-zendesk-auth/1",
              "url" : "https://acme.zendesk.com",
              "client_id" : "app",
              "lineage" : "by hand",
              "generation" : 1,
              %s
            }
            """;

    @Test
    void anOldDocumentOfAPersonsGrantIsReadAndWrittenWithItsKind() throws Exception {
        byte[] old;
        try (var file = SettingsOwnerTest.class.getResourceAsStream("settings-without-grant.json")) {
            old = file.readAllBytes();
        }
        assertThat(text(old)).doesNotContain("\"grant\"");

        OAuthSettings read = person().decode(old, "It");

        assertThat(read.owner()).isEqualTo(SettingsOwner.person(URL, "app"));
        assertThat(read.refreshToken().reveal()).isEqualTo("a-refresh-token");
        assertThat(text(person().encode(read))).contains("\"grant\" : \"authorization_code\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"refresh_token\" : \"r\"",
                "\"access_token\" : \"a\", \"seen_refresh_tokens\" : [\"0a\"]",
                "\"authorization_required\" : {\"fingerprint\":\"\",\"reason\":\"REVOKED\",\"since\":\"2026-11-24T10:00:00Z\"}",
            })
    void anOldDocumentThatShowsAPersonsGrantIsNoRobots(String members) {
        byte[] old = BY_HAND.formatted(members).getBytes(StandardCharsets.UTF_8);

        assertThat(person().decode(old, "It").owner()).isEqualTo(SettingsOwner.person(URL, "app"));
        assertThatThrownBy(() -> robot(null).decode(old, "It"))
                .isInstanceOf(SettingsStoreException.class)
                .hasMessageContainingAll("authorization_code", "client_credentials", "oauthSettingsLocation");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "read")
    void anOldDocumentThatShowsNoKindIsReadByEither(String scope) {
        byte[] old = BY_HAND.formatted("\"access_token\" : \"a\"").getBytes(StandardCharsets.UTF_8);

        assertThat(person().decode(old, "It").tokens()).isNotNull();
        assertThat(robot(scope).decode(old, "It").owner()).isEqualTo(SettingsOwner.client(URL, "app", scope));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsEncryptedBelongsToItsKindAsWell(boolean encrypted) {
        Secret key = encrypted ? SettingsSamples.KEY : null;
        SettingsOwner narrow = SettingsOwner.client(URL, "app", "read");
        TokenPair token = new TokenPair(Secret.of("a"), null, null, Instant.EPOCH, null, null);
        byte[] stored =
                SettingsCodec.of(narrow, key).encode(OAuthSettings.empty(narrow).withNewLineage("l", token));

        assertThat(SettingsCodec.of(narrow, key).decode(stored, "It").owner()).isEqualTo(narrow);
        for (SettingsOwner other :
                new SettingsOwner[] {SettingsOwner.person(URL, "app"), SettingsOwner.client(URL, "app", "read write")
                }) {
            assertThatThrownBy(() -> SettingsCodec.of(other, key).decode(stored, "It"))
                    .hasMessageContainingAll("It belongs to", "client_credentials with scope 'read'", "authScheme");
        }
    }

    @Test
    void aNoteOfAPendingRequestThatDoesNotSayHowLongItTakesIsOver() {
        String note =
                "\"pending\" : {\"fingerprint\":\"0f\",\"generation\":2,\"started_at\":\"2026-11-24T10:00:00Z\",\"owner\":\"p\"%s}";

        assertThat(read(note.formatted("")).pending().mayTake()).isZero();
        assertThat(read(note.formatted(",\"may_take\":\"PT25S\"")).pending().mayTake())
                .isEqualTo(Duration.ofSeconds(25));
        assertThat(read(note.formatted(",\"may_take\":\"P99D\"")).pending().mayTake())
                .isEqualTo(Duration.ofHours(1));
        assertThatThrownBy(() -> read(note.formatted(",\"may_take\":\"soon\"")))
                .hasMessageContaining("its member 'may_take' is not a duration");
    }

    private static OAuthSettings read(String members) {
        return person().decode(BY_HAND.formatted(members).getBytes(StandardCharsets.UTF_8), "It");
    }

    private static SettingsCodec person() {
        return SettingsCodec.of(SettingsOwner.person(URL, "app"), null);
    }

    private static SettingsCodec robot(String scope) {
        return SettingsCodec.of(SettingsOwner.client(URL, "app", scope), null);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
