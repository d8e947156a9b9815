package io.github.camelzendesk.auth.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;

import io.github.camelzendesk.auth.CamelFixture;
import io.github.camelzendesk.auth.ZendeskAuthComponent;
import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.ZendeskAuthEndpoint;
import io.github.camelzendesk.auth.login.PastedCallback;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.testkit.RegisteredClient;
import io.github.camelzendesk.auth.testkit.TokenFault;
import io.github.camelzendesk.auth.testkit.ZendeskExtension;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The rows of {@code docs/security.adoc} that show at an endpoint and have no test elsewhere. */
@ExtendWith(ZendeskExtension.class)
class SecurityTableTest {
    private static final String ANYTHING_BUT_LOGIN = "&initiateOAuth=REFRESH&oauthRefreshToken=";

    @TempDir
    Path directory;

    @Test
    void everyLoginHasAFreshStateAndAFreshS256Challenge(ZendeskServer zendesk) throws GeneralSecurityException {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "") + "&operation=authorizationUrl";
        try (CamelFixture camel = new CamelFixture()) {
            Exchange one = camel.send(uri);
            Exchange other = camel.send(uri);

            assertThat(query(one))
                    .containsEntry("code_challenge_method", "S256")
                    .containsEntry("code_challenge", s256(header(one, ZendeskAuthConstants.PKCE_VERIFIER)))
                    .containsEntry("state", header(one, ZendeskAuthConstants.STATE));
            assertThat(header(one, ZendeskAuthConstants.STATE))
                    .hasSize(43)
                    .isNotEqualTo(header(other, ZendeskAuthConstants.STATE));
            assertThat(header(one, ZendeskAuthConstants.PKCE_VERIFIER))
                    .hasSize(43)
                    .isNotEqualTo(header(other, ZendeskAuthConstants.PKCE_VERIFIER));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initiateOAuth=REFRESH",
                "initiateOAuth=OFF&oauthAccessToken=x",
                "initiateOAuth=GETANDREFRESH&callbackUrl=https://app.example.com/c&oauthVerifier=spent&pkceVerifier=v",
                "authScheme=OAuthClient&initiateOAuth=GETANDREFRESH"
            })
    void noBrowserIsEverOpenedUnlessALoginIsAskedForAndItsCallbackCanBeReceivedHere(
            String options, ZendeskServer zendesk) {
        zendesk.always(TokenFault.error(400, "invalid_grant"));
        List<URI> opened = new CopyOnWriteArrayList<>();
        try (CamelFixture camel = CamelFixture.withBrowser(opened::add)) {
            String uri = grant(zendesk, zendesk.confidentialClient("app"), "&" + options);
            camel.send(uri);
            camel.send(uri + "&operation=refresh");
            camel.send(uri + "&operation=verify");
            camel.send(uri + "&operation=revoke");

            assertThat(opened).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectOfTheTokenEndpointTakesNothingElsewhere(int status, ZendeskServer zendesk) {
        try (ZendeskServer elsewhere = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            var seen = seenBy(elsewhere);
            zendesk.always(TokenFault.redirect(status, elsewhere.url() + "/oauth/tokens"));
            RegisteredClient client = zendesk.confidentialClient("app");
            String refreshToken = zendesk.issue(client, "read").refreshToken();

            assertThat(camel.send(grant(zendesk, client, ANYTHING_BUT_LOGIN + refreshToken))
                            .getException())
                    .isInstanceOf(TokenEndpointUnavailable.class)
                    .hasMessageContaining("a redirect, status " + status + ", which is not followed");
            assertThat(seen).isEmpty();
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void aRedirectOfAnythingElseThatCarriesATokenTakesItNowhere() {
        try (ZendeskServer zendesk = ZendeskServer.start();
                ZendeskServer elsewhere = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            var seen = seenBy(elsewhere);
            zendesk.wireMock()
                    .stubFor(WireMock.any(WireMock.urlPathMatching("/api/.*"))
                            .willReturn(WireMock.aResponse()
                                    .withStatus(307)
                                    .withHeader("Location", elsewhere.url() + "/api/v2/users/me.json")));
            RegisteredClient client = zendesk.confidentialClient("app");
            zendesk.always(TokenFault.missing("expires_in"));
            String uri = grant(
                    zendesk,
                    client,
                    ANYTHING_BUT_LOGIN + zendesk.issue(client, "read").refreshToken());

            assertThat(camel.authorization(uri)).startsWith("Bearer ");
            assertThat(camel.send(uri + "&operation=verify").getException())
                    .isInstanceOf(TokenEndpointUnavailable.class);
            assertThat(camel.send(uri + "&operation=revoke").getException())
                    .isInstanceOf(TokenEndpointUnavailable.class);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void theClientSecretTravelsInTheBodyOfAPostAndNowhereElse() {
        try (ZendeskServer zendesk = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            var seen = seenBy(zendesk);
            RegisteredClient client = zendesk.confidentialClient("app");
            camel.authorization(grant(zendesk, client, "&authScheme=OAuthClient"));

            assertThat(seen).singleElement().satisfies(request -> {
                assertThat(request.head())
                        .startsWith("POST /oauth/tokens ")
                        .doesNotContainIgnoringCase("authorization")
                        .doesNotContain(client.secret());
                assertThat(request.body()).contains("client_secret=" + client.secret());
            });
        }
    }

    @Test
    void noHeaderOfAMessageChoosesTheHostTheClientTheScopeOrTheStore(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("app");
        try (ZendeskServer elsewhere = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            var seen = seenBy(elsewhere);
            Map<String, Object> hostile = hostileHeaders(elsewhere.url());
            String robot = grant(zendesk, client, "&authScheme=OAuthClient&scope=read");
            for (String operation : List.of("authenticate", "refresh", "verify", "status", "revoke")) {
                camel.send(robot + "&operation=" + operation, hostile);
            }
            String address = camel.send(grant(zendesk, client, "&operation=authorizationUrl"), hostile)
                    .getMessage()
                    .getBody(String.class);

            assertThat(seen).isEmpty();
            assertThat(zendesk.tokenRequests()).isNotEmpty().allSatisfy(request -> assertThat(request.parameters())
                    .containsEntry("client_id", "app")
                    .containsEntry("scope", "read"));
            assertThat(address).startsWith(zendesk.url()).doesNotContain("hostile", elsewhere.url());
            assertThat(names(directory)).containsExactly("s.json", "s.json.lock");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.c\r\nAuthorization: Bearer x",
                "a\nb",
                "a\rb",
                "a\0b",
                "a\u007fb",
                "a\u0085b",
                "j\u20acrg@acme.de",
                "a\ud83d\ude00b"
            })
    void whatNoHeaderCanHoldIsRefusedInOnBehalfOfBeforeAnythingIsAttached(String value, ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = camel.send(
                    "zendesk-auth:acme?onBehalfOfFromHeader=true&oauthAccessToken=x&url=" + zendesk.url(),
                    Map.of(ZendeskAuthConstants.ON_BEHALF_OF, value));

            assertThat(exchange.getException()).isInstanceOf(ConfigurationRefused.class);
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-On-Behalf-Of");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onBehalfOf",
                "marketplaceName",
                "marketplaceOrganizationId",
                "marketplaceAppId",
                "marketplaceBotId"
            })
    void whatNoHeaderCanHoldIsRefusedInAnOptionThatBecomesOne(String option, ZendeskServer zendesk) {
        try (CamelFixture camel = new CamelFixture()) {
            for (String value : new String[] {"a%0D%0AX-Evil:%20b", "j%E2%82%ACrg@acme.de"}) {
                Throwable thrown = catchThrowable(() -> camel.send(
                        "zendesk-auth:acme?oauthAccessToken=x&url=" + zendesk.url() + "&" + option + "=" + value));

                assertThat(trace(thrown)).contains("must be one line without control characters, of Latin-1 letters");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "initiateOAuth=OFF&oauthAccessToken=a%0D%0Ab",
                "initiateOAuth=OFF&oauthAccessToken=caf%C3%A9",
                "initiateOAuth=REFRESH&oauthRefreshToken=r&oauthAccessToken=a%0D%0AX-Evil:%20b",
                "initiateOAuth=REFRESH&oauthRefreshToken=a%20b"
            })
    void aConfiguredTokenThatIsNoneIsRefusedBeforeItIsStoredOrSent(String options, ZendeskServer zendesk)
            throws IOException {
        try (CamelFixture camel = new CamelFixture()) {
            long now = System.currentTimeMillis();
            Throwable thrown = catchThrowable(() -> camel.send(grant(
                    zendesk,
                    zendesk.confidentialClient("app"),
                    "&oauthExpiresIn=1800&oauthTokenTimestamp=" + now + "&" + options)));

            assertThat(trace(thrown)).contains("ConfigurationRefused").doesNotContain("X-Evil", "café");
            assertThat(names(directory)).isEmpty();
        }
    }

    @Test
    void aCallbackOfAnotherStateIsRefusedAndNothingIsSent(ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&operation=exchangeCode");
        try (CamelFixture camel = new CamelFixture()) {
            Exchange exchange = camel.send(
                    uri,
                    Map.of(
                            ZendeskAuthConstants.CODE, "http://localhost:33333/?code=c&state=theirs",
                            ZendeskAuthConstants.STATE, "ours",
                            ZendeskAuthConstants.PKCE_VERIFIER, "v"));

            assertThat(exchange.getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("state");
            assertThat(zendesk.tokenRequestCount()).isZero();
        }
    }

    @Test
    void aCallbackAddressWithoutAStateIsRefusedWhereOneIsExpected() {
        PastedCallback callback = PastedCallback.parse("https://app.example.com/callback?code=abc", "the test");

        assertThatThrownBy(() -> callback.requireState("expected")).isInstanceOf(ConfigurationRefused.class);
        PastedCallback.parse("abc", "the test").requireState("expected");
    }

    @ParameterizedTest
    @MethodSource("secretOptions")
    void anErrorThatQuotesAUriShowsNoSecretInAnySpelling(String option) {
        assumeThat(option.endsWith("Verifier") && !camelCanBeToldWhatToMask())
                .as("Camel 4.14 masks its own list only, and a verifier in a URI is warned of")
                .isFalse();
        for (String spelling : List.of(option, StringHelper.capitalize(option), option.toUpperCase(Locale.ROOT))) {
            try (CamelFixture camel = new CamelFixture()) {
                Throwable thrown = catchThrowable(() -> camel.context.getEndpoint(
                        "zendesk-auth:acme?url=acme&nonsense=1&" + spelling + "=h1dden-value&scope=read"));

                assertThat(thrown).isInstanceOf(ResolveEndpointFailedException.class);
                assertThat(trace(thrown)).as(spelling).doesNotContain("h1dden-value");
            }
        }
    }

    private static boolean camelCanBeToldWhatToMask() {
        return Arrays.stream(URISupport.class.getMethods())
                .anyMatch(method -> method.getName().equals("addSanitizeKeywords"));
    }

    @Test
    void everySecretOptionIsMarkedSoInTheCatalog() throws IOException {
        assertThat(secretOptions())
                .containsExactlyInAnyOrder(
                        "user",
                        "password",
                        "apiToken",
                        "oauthClientSecret",
                        "oauthAccessToken",
                        "oauthRefreshToken",
                        "oauthSettingsSecretKey",
                        "oauthVerifier",
                        "pkceVerifier",
                        "proxyUser",
                        "proxyPassword");
    }

    /** Whether a spelling binds is up to Camel: what binds is masked, and what does not is refused. */
    @ParameterizedTest
    @MethodSource("secretOptions")
    void noEndpointHoldsASecretInItsUriInAnySpellingThatBinds(String option) {
        String dashed = option.replaceAll("(\\p{Upper})", "-$1").toLowerCase(Locale.ROOT);
        for (String spelling : List.of(
                option,
                option.toUpperCase(Locale.ROOT),
                dashed,
                "-" + option + "-",
                option.replaceAll("(.)", "$1-"),
                dashed.replace('-', '_'),
                "configuration." + option,
                "CONFIGURATION." + dashed,
                "component.configuration." + option,
                "?" + option,
                "%" + Integer.toHexString(option.charAt(0)) + option.substring(1))) {
            assertThat(uriWith(spelling)).as(spelling).doesNotContain("h1dden-value");
        }
    }

    /** Empty for an option that does not bind. */
    private static String uriWith(String option) {
        try (CamelFixture camel = new CamelFixture()) {
            // Without a complete connection: the endpoint is only made, and not started.
            ZendeskAuthComponent component = camel.context.getComponent("zendesk-auth", ZendeskAuthComponent.class);
            return component
                    .createEndpoint("zendesk-auth://acme?url=acme&" + option + "=h1dden-value")
                    .getEndpointUri();
        } catch (Exception e) {
            assertThat(option).as(trace(e)).contains("_");
            return "";
        }
    }

    @Test
    void revokeLeavesTheGrantWhereItIsWhenZendeskCannotBeAsked() throws IOException {
        try (ZendeskServer zendesk = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            RegisteredClient client = zendesk.confidentialClient("app");
            String uri = grant(
                    zendesk,
                    client,
                    ANYTHING_BUT_LOGIN + zendesk.issue(client, "read").refreshToken());
            String before = camel.authorization(uri);
            byte[] stored = Files.readAllBytes(directory.resolve("s.json"));
            zendesk.wireMock()
                    .stubFor(WireMock.delete(WireMock.anyUrl())
                            .willReturn(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

            assertThat(camel.send(uri + "&operation=revoke").getException())
                    .isInstanceOf(TokenEndpointUnavailable.class);
            assertThat(directory.resolve("s.json")).hasBinaryContent(stored);
            assertThat(camel.authorization(uri)).isEqualTo(before);
        }
    }

    @Test
    void anAnswerIsReadUpTo64KiBAndNoFurther(ZendeskServer zendesk) throws IOException {
        RegisteredClient client = zendesk.confidentialClient("app");
        zendesk.nextTokenRequest(TokenFault.huge());
        try (CamelFixture camel = new CamelFixture()) {
            camel.send(grant(
                    zendesk,
                    client,
                    ANYTHING_BUT_LOGIN + zendesk.issue(client, "read").refreshToken()));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().contains(".unparsed-")))
                    .singleElement()
                    .satisfies(file -> assertThat(Files.size(file)).isEqualTo(64 * 1024));
        }
    }

    @Test
    void aMemberThatStandsTwiceAndAWrongContentTypeDoNotCostAGrant() {
        try (ZendeskServer zendesk = ZendeskServer.start();
                CamelFixture camel = new CamelFixture()) {
            zendesk.wireMock()
                    .stubFor(WireMock.post("/oauth/tokens")
                            .willReturn(WireMock.ok("{\"access_token\":\"first\",\"access_token\":\"last\","
                                            + "\"refresh_token\":\"next\",\"expires_in\":1800}")
                                    .withHeader("Content-Type", "text/html")));

            assertThat(camel.authorization(
                            grant(zendesk, zendesk.confidentialClient("app"), ANYTHING_BUT_LOGIN + "spent")))
                    .isEqualTo("Bearer last");
        }
    }

    @Test
    void whatATokenCanDoTellsManagersApart(ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&initiateOAuth=REFRESH");
        try (CamelFixture camel = new CamelFixture()) {
            TokenManager manager = manager(camel, uri);

            assertThat(manager(camel, uri)).isSameAs(manager);
            for (String difference : List.of(
                    "&scope=read",
                    "&oauthClientId=other",
                    "&oauthClientSecret=other",
                    "&url=https://other.zendesk.com",
                    "&callbackUrl=http://localhost:1",
                    "&oauthRefreshToken=other",
                    "&oauthVerifier=code&pkceVerifier=one",
                    "&oauthVerifier=code&pkceVerifier=another",
                    "&oauthSettingsSecretKey=" + "A".repeat(43) + "%3D",
                    "&oauthSettingsLocation=memory:other",
                    "&tokenEndpointPath=/other")) {
                TokenManager other = manager(camel, with(uri, difference));
                assertThat(other).as(difference).isNotSameAs(manager);
                manager = other;
            }
        }
    }

    @Test
    void anEndpointThatOnlyLogsInSharesNoManagerWithOneThatUsesATokenAsItIs(ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&oauthAccessToken=mine");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(camel.send(uri + "&operation=authorizationUrl").getException())
                    .isNull();

            assertThat(camel.authorization(uri)).isEqualTo("Bearer mine");
            assertThat(zendesk.apiRequests())
                    .as("asked of a token that is used as it is")
                    .isEmpty();
        }
    }

    @Test
    void aCallbackOfAnotherIssuerIsRefusedWhereItIsPastedToo(ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&operation=exchangeCode");
        try (CamelFixture camel = new CamelFixture()) {
            assertThat(exchange(camel, uri, "https://evil.example").getException())
                    .isInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("iss");
            assertThat(zendesk.tokenRequestCount()).isZero();
            assertThat(exchange(camel, uri, zendesk.url()).getException()).isInstanceOf(AuthorizationRequired.class);
            assertThat(zendesk.tokenRequestCount()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:33333/?code=SECR3T-code&state=theirs",
                "http://localhost:33333/?code=SECR3T-code&state=ours&iss=https://evil.example",
                "http://localhost:33333/?error=access_denied&error_description=SECR3T",
                "http://localhost:33333/?error=SECR3T&code=SECR3T",
                "http://localhost:33333/?SECR3T",
                "SECR3T has blanks",
                "SECR3T-code",
                " "
            })
    void exchangeCodeLeavesNothingOfALoginOnAMessageThatFails(String pasted, ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&operation=exchangeCode");
        try (CamelFixture camel = new CamelFixture()) {
            Exchange failed = camel.send(
                    uri,
                    Map.of(
                            ZendeskAuthConstants.CODE,
                            pasted,
                            ZendeskAuthConstants.STATE,
                            "ours",
                            ZendeskAuthConstants.PKCE_VERIFIER,
                            "SECR3T-verifier",
                            "kept",
                            "yes"));

            assertThat(failed.getMessage().getHeaders()).containsOnly(Map.entry("kept", "yes"));
            assertThat(trace(failed.getException())).doesNotContain("SECR3T");
            if (failed.getException() instanceof AuthorizationRequired refused) {
                assertThat(refused.error() + refused.errorDescription()).doesNotContain("SECR3T");
            }
        }
    }

    @Test
    void exchangeCodeLeavesNothingOfALoginWhereAHeaderCannotBeRead(ZendeskServer zendesk) {
        String uri = grant(zendesk, zendesk.confidentialClient("app"), "&operation=exchangeCode");
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("SECR3T");
            }
        };
        try (CamelFixture camel = new CamelFixture()) {
            Exchange failed = camel.send(
                    uri,
                    Map.of(ZendeskAuthConstants.CODE, broken, ZendeskAuthConstants.PKCE_VERIFIER, "SECR3T-verifier"));

            assertThat(failed.getMessage().getHeaders()).isEmpty();
            assertThat(trace(failed.getException())).doesNotContain("SECR3T");
        }
    }

    private static Exchange exchange(CamelFixture camel, String uri, String issuer) {
        return camel.send(
                uri,
                Map.of(
                        ZendeskAuthConstants.CODE,
                        "http://localhost:33333/?code=c&state=s&iss=" + issuer,
                        ZendeskAuthConstants.STATE,
                        "s",
                        ZendeskAuthConstants.PKCE_VERIFIER,
                        "v"));
    }

    static Stream<String> secretOptions() throws IOException {
        Set<String> names = new TreeSet<>();
        catalog().properties().forEach(option -> {
            if (option.getValue().path("secret").asBoolean()) {
                names.add(option.getKey());
            }
        });
        return names.stream();
    }

    private static JsonNode catalog() throws IOException {
        try (InputStream in = ZendeskAuthComponent.class.getResourceAsStream(
                "/META-INF/io/github/camelzendesk/auth/zendesk-auth.json")) {
            return new ObjectMapper().readTree(in).path("properties");
        }
    }

    /** Each option as a header, in each form that a component might listen to, but for the two that are documented. */
    private static Map<String, Object> hostileHeaders(String elsewhere) throws IOException {
        Map<String, Object> headers = new HashMap<>();
        catalog().fieldNames().forEachRemaining(name -> {
            String value = name.equals("url") || name.endsWith("Path") ? elsewhere : "hostile";
            headers.put(name, value);
            headers.put("CamelZendeskAuth" + StringHelper.capitalize(name), value);
            headers.put("CamelZendeskAuth." + name, value);
        });
        headers.put(ZendeskAuthConstants.OPERATION, "revoke");
        for (String name : List.of("Host", "X-Forwarded-Host", "CamelHttpUri", "CamelDestinationOverrideUrl")) {
            headers.put(name, elsewhere);
        }
        return headers;
    }

    private record Seen(String head, String body) {}

    private static Queue<Seen> seenBy(ZendeskServer server) {
        Queue<Seen> seen = new ConcurrentLinkedQueue<>();
        server.wireMock()
                .addMockServiceRequestListener((request, response) -> seen.add(new Seen(
                        request.getMethod() + " " + request.getUrl() + " " + request.getHeaders(),
                        request.getBodyAsString())));
        return seen;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> query(Exchange exchange) {
        String query = URI.create(exchange.getMessage().getBody(String.class)).getQuery();
        return Arrays.stream(query.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name, String.class);
    }

    private static String s256(String verifier) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static String trace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static TokenManager manager(CamelFixture camel, String uri) {
        return camel.context.getEndpoint(uri, ZendeskAuthEndpoint.class).getTokenManager();
    }

    /** The URI with these options in the place of its own of the same names. */
    private static String with(String uri, String options) {
        String rest = uri;
        for (String option : options.substring(1).split("&")) {
            rest = rest.replaceAll("([?&])" + option.replaceFirst("=.*", "") + "=[^&]*&?", "$1");
        }
        return rest.replaceFirst("&$", "") + options;
    }

    private String grant(ZendeskServer zendesk, RegisteredClient client, String options) {
        return "zendesk-auth:acme?url=" + zendesk.url() + "&oauthClientId=" + client.identifier()
                + "&oauthClientSecret=" + client.secret() + "&oauthSettingsLocation="
                + directory.resolve("s.json") + options;
    }
}
