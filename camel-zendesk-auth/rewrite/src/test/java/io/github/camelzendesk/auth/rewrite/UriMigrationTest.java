package io.github.camelzendesk.auth.rewrite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class UriMigrationTest {
    private static final UriMigration ALL = new UriMigration(new Accounts(null, null), null);

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "https://acme.zendesk.com/api/v2/x.json?authUsername=a&authPassword=b, https://acme.zendesk.com/api/v2/x.json?httpClientConfigurer=#acme",
                "https:ACME.zendesk.com:443?authPassword=b&httpMethod=GET, https:ACME.zendesk.com:443?httpClientConfigurer=#acme&httpMethod=GET",
                "https://a-b.zendesk.com/x?q=1&authMethod=basic&auth-username=a&authPassword=b, https://a-b.zendesk.com/x?q=1&httpClientConfigurer=#a-b",
                "zendesk:default/getUsers?serverUrl=https://acme.zendesk.com&username=a&token=b&inBody=x, zendesk-acme-get-users:default/getUsers?inBody=x",
                "zendesk-auth:acme?url=acme&user=a&apiToken=b&operation=verify, zendesk-auth:acme?operation=verify",
                "zendesk-auth:acme?authScheme=Basic, zendesk-auth:acme",
            })
    void credentialsInAUriGo(String before, String after) {
        assertThat(ALL.of(CamelUri.parse(before))).isInstanceOfSatisfying(Outcome.Moved.class, moved -> assertThat(
                        moved.uri().text())
                .isEqualTo(after));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.zendesk.com/api/v2/x.json",
                "https://acme.zendesk.com/api/v2/x.json?httpClientConfigurer=#acme",
                "https://acme.zendesk.com/x?authMethod=Bearer&authBearerToken={{t}}",
                "https://acme.zendesk.com/x?authMethod=Digest&authUsername=a&authPassword=b",
                "https://api.example.com/x?authUsername=a&authPassword=b",
                "zendesk:default/getUsers",
                "zendesk:default/getUsers?oauthToken=t&serverUrl=https://acme.zendesk.com",
                "zendesk-auth:acme",
                "zendesk-auth:acme?url=acme&oauthClientId=a&oauthClientSecret=b",
                "timer:zendesk?period=1000",
                "plain text, with a ? and an authUsername"
            })
    void whatHoldsNoSuchCredentialsStays(String uri) {
        assertThat(ALL.of(CamelUri.parse(uri))).isEqualTo(Outcome.KEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "https://support.acme.com/x?authUsername=a@acme.com/token&authPassword=b, HOST",
        "https://support.acme.com/x?authUsername=a%40acme.com%2Ftoken&authPassword=b, HOST",
        "{{base}}/api/v2/x?authUsername={{zendesk.user}}&authPassword={{zendesk.token}}, HOST",
        "https://acme.zendesk.com:8443/x?authUsername=a&authPassword=b, HOST",
        "https://acme.zendesk.com.example.com/x?authUsername=a/token&authPassword=b, HOST",
        "http://acme.zendesk.com/x?authUsername=a&authPassword=b, HTTP",
        "https://a:b@acme.zendesk.com/x?authUsername=a&authPassword=b, HTTP",
        "https://acme.zendesk.com/x?authUsername=a&authPassword=b&httpClientConfigurer=#mine, CONFIGURER",
        "https://{{subdomain}}.zendesk.com/x?authUsername=a&authPassword=b, ACCOUNT",
        "https://${header.tenant}.zendesk.com/x?authUsername=a&authPassword=b, ACCOUNT",
        "zendesk:default/getUsers?username=a&password=b, ACCOUNT",
        "zendesk-auth:acme?url=acme&apiToken=a&oauthClientId=b, CREDENTIALS",
        "zendesk-auth:acme?url=acme&user=a&apiToken=a&scope=read, OPTIONS",
        "zendesk-auth:${header.tenant}?apiToken=a, ACCOUNT",
    })
    void whatCannotBeChangedSafelyIsLeftWithItsRemedy(String uri, Remedy remedy) {
        assertThat(ALL.of(CamelUri.parse(uri))).isEqualTo(new Outcome.Left(remedy));
    }

    @Test
    void oneAccountCanBeChosenAndItsConnectionNamed() {
        UriMigration acme = new UriMigration(new Accounts("acme", "support"), null);

        assertThat(acme.of(CamelUri.parse("https://acme.zendesk.com/x?authPassword=b")))
                .isInstanceOfSatisfying(
                        Outcome.Moved.class, moved -> assertThat(moved.uri().text())
                                .isEqualTo("https://acme.zendesk.com/x?httpClientConfigurer=#support"));
        assertThat(acme.of(CamelUri.parse("https://globex.zendesk.com/x?authPassword=b")))
                .isEqualTo(Outcome.KEPT);
    }

    @Test
    void aSubdomainMayBeAPlaceholderThatTheOptionNames() {
        UriMigration placeholder = new UriMigration(new Accounts("{{sub}}", "support"), null);

        assertThat(placeholder.of(CamelUri.parse("https://{{sub}}.zendesk.com/x?authPassword=b")))
                .isInstanceOfSatisfying(Outcome.Moved.class, moved -> assertThat(
                                moved.handOver().connection())
                        .isEqualTo(new Connection("support", "{{sub}}")));
    }
}
