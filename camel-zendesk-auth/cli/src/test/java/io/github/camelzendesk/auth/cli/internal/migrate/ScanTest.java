package io.github.camelzendesk.auth.cli.internal.migrate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScanTest {
    private static final String NEAR = "String url = \"https://acme.zendesk.com/api/v2/\";\n";

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.properties | API_TOKEN | camel.component.zendesk-auth.api-token | camel.component.zendesk-auth.api-token=abc",
                "a.properties | API_TOKEN | camel.component.zendesk-auth.connections.acme.apiToken | camel.component.zendesk-auth.connections.acme.apiToken : abc",
                "a.properties | API_TOKEN | camel.component.zendesk.token | camel.component.zendesk.token=abc",
                "a.properties | PASSWORD  | camel.component.zendesk.password | camel.component.zendesk.password=abc",
                "a.properties | API_TOKEN | zendesk.support.token | zendesk.support.token={{vault:zendesk}}",
                "a.properties | API_TOKEN | camel.component.zendesk-auth.auth-scheme | camel.component.zendesk-auth.auth-scheme=APIToken",
                "a.properties | BASIC     | camel.component.zendesk-auth.authScheme | camel.component.zendesk-auth.authScheme=basic",
                "a.properties | API_TOKEN | /token | helpdesk.login=agent@acme.example/token",
                "connections.properties | API_TOKEN | acme.apiToken | acme.apiToken=abc",
                "connections.properties | PASSWORD  | acme.password | acme.password=abc",
                ".env         | API_TOKEN | ZENDESK_API_TOKEN | ZENDESK_API_TOKEN=abc",
                ".env         | API_TOKEN | ZENDESK_TOKEN     | export ZENDESK_TOKEN=abc",
                ".env.local   | PASSWORD  | ZENDESK_PASSWORD  | ZENDESK_PASSWORD=abc",
                "a.yaml       | API_TOKEN | ZENDESK_API_TOKEN | - name: ZENDESK_API_TOKEN",
                "a.yaml       | API_TOKEN | ZENDESK_TOKEN     | - name: ZENDESK_TOKEN",
                "a.json       | API_TOKEN | zendesk.apiToken  | \"zendesk.apiToken\": \"abc\"",
                "a.xml        | API_TOKEN | zendesk.api-token | <property name=\"zendesk.api-token\" value=\"abc\"/>",
                "a.xml        | PASSWORD  | zendesk.password  | <property name=\"zendesk.password\" value=\"abc\"/>",
                "a.xml        | API_TOKEN | token             | <to uri=\"zendesk:tickets?username=a&amp;token=abc\"/>",
                "A.java       | API_TOKEN | apiToken          | .to(\"zendesk-auth:acme?user=a&apiToken=RAW(abc)\")",
                "A.java       | PASSWORD  | password          | .to(\"zendesk-auth:acme?user=a&password=abc\")",
                "A.java       | API_TOKEN | zendesk.token     | @Value(\"${zendesk.token}\")",
                "A.java       | API_TOKEN | ZENDESK_API_TOKEN | System.getenv(\"ZENDESK_API_TOKEN\")",
                "A.java       | API_TOKEN | Options.API_TOKEN | .option(Options.API_TOKEN, token)",
                "A.java       | API_TOKEN | /token:           | user + \"/token:\" + secret",
                "A.java       | API_TOKEN | /token:           | String.format(\"%s/token:%s\", user, secret)",
                "A.java       | API_TOKEN | /token            | curl(\"agent@acme.example/token:abc\")",
                "a.sh         | API_TOKEN | /token:           | curl -u $USER/token:$SECRET https://x",
                "a.sh         | API_TOKEN | /token:           | curl -u \"${USER}/token:${SECRET}\" https://x",
                "a.txt        | API_TOKEN | token             | zendesk://tickets?token=abc",
                "A.java       | API_TOKEN | setToken          | new Zendesk.Builder(url).setToken(secret) // or .setPassword(x)",
                "A.java       | PASSWORD  | ZENDESK_PASSWORD  | properties.getProperty(ZENDESK_PASSWORD);",
                "A.java       | API_TOKEN | zendeskToken      | private String zendeskToken;",
                "a.ts         | API_TOKEN | process.env.ZENDESK_TOKEN | token: process.env.ZENDESK_TOKEN,",
                "a.yaml       | PASSWORD  | ZENDESK_PASSWORD  | - name: \"ZENDESK_PASSWORD\"",
                "a.php        | API_TOKEN | /token:           | ZD_EMAIL.\"/token:\".ZD_TOKEN",
            })
    void findsWhatEnds(String file, Kind kind, String name, String line) {
        assertThat(scan(file, line))
                .extracting(Finding::kind, Finding::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(kind, name));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A.java | API_TOKEN | /token        | basic(user + \"/token\", secret)",
                "a.py   | API_TOKEN | /token        | session.auth = (\"%s/token\" % email, secret)",
                "a.py   | API_TOKEN | /token        | auth=(EMAIL + \"/token\", SECRET)",
                "A.java | BASIC     | basicAuth     | .headers(h -> h.basicAuth(user, secret))",
                "A.java | BASIC     | setBasicAuth  | headers.setBasicAuth(user, secret);",
                "A.java | BASIC     | authPassword  | .to(\"https:x?authMethod=Basic&authPassword=abc\")",
                "A.java | API_TOKEN | setApiToken   | configuration.setApiToken(secret);",
            })
    void findsWhatEndsBesideAMentionOfZendeskOnly(String file, Kind kind, String name, String line) {
        assertThat(scan(file, line)).isEmpty();
        assertThat(scan(file, NEAR + line))
                .extracting(Finding::kind, Finding::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(kind, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a.properties | zendesk.oauth.token=abc",
                "a.properties | camel.component.zendesk.oauth-token=abc",
                "a.properties | camel.component.zendesk-auth.oauth-access-token=abc",
                "a.properties | camel.component.zendesk-auth.oauth-refresh-token=abc",
                "a.properties | camel.component.zendesk-auth.token-endpoint-path=/oauth/tokens",
                "a.properties | camel.component.zendesk-auth.token-manager=#mine",
                "a.properties | camel.component.zendesk-auth.proxy-password=abc",
                "a.properties | camel.component.zendesk-auth.oauth-client-secret=abc",
                "a.properties | camel.component.zendesk-auth.auth-scheme=OAuthClient",
                "a.properties | zendesk.datasource.password=abc",
                "a.properties | zendesk.chat.token=abc",
                "a.properties | slack.api-token=abc",
                "a.properties | slack.auth-scheme=Basic",
                "a.properties | #zendesk.api-token=abc",
                "a.properties | zendesk.api-token=",
                "a.properties | zendesk.token=''",
                "connections.properties | acme.oauthClientSecret=abc",
                "connections.properties | acme.proxyPassword=abc",
                ".env         | ZENDESK_API_TOKEN=",
                ".env         | ZENDESK_OAUTH_TOKEN=abc",
                ".env         | ZENDESK_OAUTH_CLIENT_SECRET=abc",
                ".env         | ZENDESK_PROXY_PASSWORD=abc",
                ".env         | DB_PASSWORD=abc",
                "a.yaml       | /oauth/token:",
                "a.yaml       | /token:",
                "a.yaml       | api-token: abc",
                "a.json       | \"/token\": {",
                "a.xml        | <!-- zendesk.api-token=abc -->",
                "A.java       | // zendesk.api-token=abc",
                "A.java       | * The path /token: see RFC 6749",
                "A.java       | .post(\"/oauth/token\")",
                "A.java       | .post(String.format(\"https://%s/token\", host))",
                "A.java       | String accessToken = zendeskAccessToken;",
                "A.java       | .post(base + \"/oauth/tokens\")",
                "A.java       | String token = zendesk.awaitToken();",
                "A.java       | zendesk.accessTokenLifetime(Duration.ofSeconds(3));",
                "A.java       | .to(\"zendesk-auth:acme?oauthAccessToken=abc\")",
                "A.java       | .to(\"slack:support?token=abc\")",
                "A.java       | import com.example.ZendeskApiToken;",
                "A.java       | \"Authorization\", \"Basic bm90IGFuIGUtbWFpbDpwYXNzd29yZA==\"",
                "a.sh         | curl https://idp.example/token:introspect",
            })
    void passesOverWhatGoesOn(String file, String line) {
        assertThat(scan(file, NEAR.replace("String url = ", "url = ") + "\n" + line))
                .isEmpty();
    }

    @Test
    void tellsKeysOfOneThingFromThoseBesideIt() {
        assertThat(scan("a.properties", "desk.url=https://acme.zendesk.com\ndesk.token=x\nbill.url=b\nbill.token=y"))
                .extracting(Finding::line, Finding::name, Finding::connection)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2, "desk.token", "acme.zendesk.com"));
        assertThat(scan(".env", "DESK_URL=https://acme.zendesk.com\nDESK_API_TOKEN=x\nBILL_TOKEN=y"))
                .extracting(Finding::name)
                .containsExactly("DESK_API_TOKEN");
    }

    @Test
    void takesTheKeysOfYamlTogetherByTheirIndentation() {
        String yaml = "zendesk:\n  acme:\n    password: x\nother:\n  password: y\nzendesk.db:\n  pool: 1\n";
        assertThat(scan("application.yml", yaml))
                .extracting(Finding::line, Finding::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(3, "zendesk.acme.password"));
    }

    @Test
    void decodesBasicCredentials() {
        assertThat(scan("A.java", "h(\"Authorization\", \"Basic " + base64("agent@acme.example/token:abc") + "\")"))
                .extracting(Finding::kind)
                .containsExactly(Kind.API_TOKEN);
        assertThat(scan("secret.yaml", "  header: " + base64("agent@acme.example/token:abcdefgh")))
                .extracting(Finding::kind)
                .containsExactly(Kind.API_TOKEN);
        String password = "h(\"Authorization\", \"Basic " + base64("agent@acme.example:abc") + "\")";
        assertThat(scan("A.java", NEAR + password)).extracting(Finding::kind).containsExactly(Kind.PASSWORD);
        assertThat(scan("A.java", password)).isEmpty();
    }

    @Test
    void namesTheConnectionOrTheAccount() {
        assertThat(connection("a.properties", "camel.component.zendesk-auth.connections[my.desk].api-token=x"))
                .isEqualTo("my.desk");
        assertThat(connection("A.java", "to(\"zendesk-auth:acme?apiToken=x\")")).isEqualTo("acme");
        assertThat(connection("connections.properties", "acme.apiToken=x")).isEqualTo("acme");
        assertThat(connection(".env", "ZENDESK_API_TOKEN=x\nZENDESK_URL=https://Globex.zendesk.com"))
                .isEqualTo("Globex.zendesk.com");
        assertThat(connection(".env", "ZENDESK_API_TOKEN=x")).isNull();
    }

    private static String connection(String file, String text) {
        return scan(file, text).get(0).connection();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Finding> scan(String file, String text) {
        return Scan.scan(Path.of(file), text.lines().toList());
    }
}
