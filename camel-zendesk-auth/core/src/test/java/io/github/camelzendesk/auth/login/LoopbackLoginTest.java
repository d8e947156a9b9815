package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.AuthorizationCode;
import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.AuthorizationUrl;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.Credentials;
import io.github.camelzendesk.auth.oauth.OAuthClient;
import io.github.camelzendesk.auth.oauth.TokenListener;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.DefaultTokenManager;
import io.github.camelzendesk.auth.oauth.internal.wire.Transport;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class LoopbackLoginTest {
    private final BlockingQueue<URI> opened = new LinkedBlockingQueue<>();
    private final LoopbackLogin login = new LoopbackLogin(opened::add, Duration.ofMinutes(5));
    private final CountDownLatch timeIsUp = new CountDownLatch(1);
    private int port;

    @BeforeEach
    void findAPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
    }

    @Test
    void twoLoginsAtOneAddressNeverMix() {
        CompletableFuture<AuthorizationCode> first = login.authorize(url());
        String stateOfFirst = state();
        CompletableFuture<AuthorizationCode> second = login.authorize(url());

        get("/?code=two&state=" + state());
        get("/?code=one&state=" + stateOfFirst);

        assertThat(first.join().code().reveal()).isEqualTo("one");
        assertThat(second.join().code().reveal()).isEqualTo("two");
        assertThat(first.join().codeVerifier().sameAs(second.join().codeVerifier()))
                .isFalse();
    }

    @Test
    void surprise10_aDenyWithoutAStateEndsNoneOfSeveralAndTheOnlyOneOfOne() {
        CompletableFuture<AuthorizationCode> first = login.authorize(url());
        String stateOfFirst = state();
        CompletableFuture<AuthorizationCode> second = login.authorize(url());

        assertThat(get("/?error=access_denied")).startsWith("HTTP/1.1 404");
        assertThat(first).isNotDone();
        get("/?code=one&state=" + stateOfFirst);
        get("/?error=access_denied");

        assertThat(first.join().code().reveal()).isEqualTo("one");
        assertThatThrownBy(second::join).hasCauseInstanceOf(AuthorizationRequired.class);
    }

    @Test
    void aWrongStateIsTurnedAwayAndTheRightOneStillWorks() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());

        String state = state();

        assertThat(get("/?code=forged&state=guess")).startsWith("HTTP/1.1 404").doesNotContain("forged", "guess");
        assertThat(get("/?code=forged")).startsWith("HTTP/1.1 404");
        assertThat(get("/?code=good&state=" + state))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'none'", "Cache-Control: no-store")
                .doesNotContain("good", state, "<script");
        assertThat(waiting.join().code().reveal()).isEqualTo("good");
    }

    @Test
    void aStateThatDiffersInTheCaseOfOneLetterIsRefusedAtTheListenerAndPasted() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        String state = state();
        String other = inOtherCase(state);

        assertThat(get("/?code=forged&state=" + other)).startsWith("HTTP/1.1 404");
        assertThat(waiting).isNotDone();
        waiting.cancel(false);
        PastedCallback pasted = PastedCallback.parse("http://localhost:33333/?code=c&state=" + other, "oauthVerifier");
        assertThatThrownBy(() -> pasted.requireState(state)).isInstanceOf(ConfigurationRefused.class);
    }

    /** The same but for its first letter's case. */
    private static String inOtherCase(String state) {
        int letter = 0;
        while (!Character.isLetter(state.charAt(letter))) {
            letter++;
        }
        char one = state.charAt(letter);
        char other = Character.isUpperCase(one) ? Character.toLowerCase(one) : Character.toUpperCase(one);
        return state.substring(0, letter) + other + state.substring(letter + 1);
    }

    @Test
    void aLoginThatIsCancelledGivesItsPortBack() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());

        waiting.cancel(false);

        awaitThePort();
    }

    @Test
    void aManagerThatIsClosedGivesThePortOfItsLoginBackAndAnswersItsCallers() throws Exception {
        TokenManager manager = manager();
        CompletableFuture<Authorization> caller = manager.authorization();
        assertThat(opened.poll(1, TimeUnit.MINUTES)).isNotNull();

        manager.close();

        awaitThePort();
        assertThat(caller)
                .failsWithin(Duration.ofMinutes(1))
                .withThrowableThat()
                .withMessageContaining("is being closed");
    }

    @Test
    void theStatusTellsTheAddressToOpenAsLongAsALoginWaits() throws Exception {
        TokenManager manager = manager();
        assertThat(manager.status().login()).isNull();

        manager.authorization();
        URI address = opened.poll(1, TimeUnit.MINUTES);

        assertThat(manager.status().login()).isNotNull().isEqualTo(address);
        assertThat(manager.status().asMap().toString()).doesNotContain(address.getRawQuery());
        manager.close();
        assertThat(manager.status().login()).isNull();
    }

    @Test
    void anotherLoginThatBeganLaterIsTheOneToOpen() {
        CompletableFuture<AuthorizationCode> first = login.authorize(url());
        URI addressOfFirst = login.address();
        CompletableFuture<AuthorizationCode> second = login.authorize(url());
        URI addressOfSecond = login.address();

        assertThat(addressOfSecond).isNotEqualTo(addressOfFirst);
        first.cancel(false);
        assertThat(login.address()).isEqualTo(addressOfSecond);
        second.cancel(false);
        assertThat(login.address()).isNull();
    }

    /** The system takes a moment to wake who was about to accept. */
    private void awaitThePort() {
        Awaitility.await().ignoreExceptions().until(() -> {
            new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
            return true;
        });
    }

    private TokenManager manager() {
        String account = "https://acme.zendesk.com";
        Duration second = Duration.ofSeconds(1);
        Connection connection = new Connection(
                "acme",
                account,
                new Credentials.Grant(
                        new OAuthClient("app", Secret.of("s")),
                        "http://127.0.0.1:" + port,
                        "read",
                        Credentials.Bootstrap.NONE),
                new Connection.Endpoints(account + "/oauth/tokens", account + "/oauth/authorizations/new"),
                new Connection.Lifetimes(Duration.ofMinutes(30), Duration.ofDays(30)),
                new Connection.Timeouts(second, second, second, Duration.ofMinutes(5)));
        SettingsStore store = SettingsStores.open(
                "memory:" + UUID.randomUUID(), "acme", SettingsCodec.of(account, "app", null), null);
        return DefaultTokenManager.open(connection, store, Transport.DEFAULT, login, TokenListener.NONE);
    }

    @Test
    void tenWrongStatesEndTheLogin() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        for (int i = 0; i < 10; i++) {
            get("/?code=x&state=guess" + i);
        }
        assertThatThrownBy(waiting::join).hasMessageContaining("Something on this machine is guessing");
    }

    @Test
    void otherHostsPathsMethodsAndDoubledParametersAreTurnedAway() {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        String state = state();
        String good = "/?code=c&state=" + state;

        assertThat(send("GET " + good + " HTTP/1.1\r\nHost: evil.example:" + port + "\r\n\r\n"))
                .contains(" 400 ");
        assertThat(send("GET " + good + " HTTP/1.1\r\n\r\n")).contains(" 400 ");
        assertThat(send("POST " + good + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n"))
                .contains(" 404 ");
        assertThat(get("/other?code=c&state=" + state)).contains(" 404 ");
        assertThat(get(good + "&code=d")).contains(" 400 ");
        assertThat(get(good + "&error=x")).contains(" 400 ");
        assertThat(get(good + "&iss=https%3A%2F%2Fother.example")).contains(" 400 ");
        assertThat(send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\n")).contains(" 400 ");
        assertThat(waiting).isNotDone();
        waiting.cancel(true);
    }

    @Test
    void aSilentConnectionDoesNotHoldUpTheRealOne() throws IOException {
        CompletableFuture<AuthorizationCode> waiting = login.authorize(url());
        try (Socket silent = new Socket("127.0.0.1", port)) {
            get("/?code=good&state=" + state());

            assertThat(silent.isConnected()).isTrue();
            assertThat(waiting.join().code().reveal()).isEqualTo("good");
        }
    }

    @Test
    void onlyLoopbackAddressesAreBoundAndTheyAreFreeAfterwards() throws IOException {
        login.authorize(url());
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
        get("/?code=good&state=" + state());
        awaitThePort();
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = taken.getLocalPort();
            assertThatThrownBy(() -> login.authorize(url()).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ConfigurationRefused.class)
                    .hasMessageContaining("port " + port + " of callbackUrl")
                    .hasMessageContaining("register another address");
        }
    }

    @Test
    void surprise10_aLoginThatNobodyFinishesEndsAtItsTimeout() {
        CompletableFuture<AuthorizationCode> waiting = endingLogin(opened::add).authorize(url());
        assertThat(waiting).isNotDone();

        timeIsUp.countDown();

        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(AuthorizationRequired.class)
                .hasMessageContaining("loginTimeout");
    }

    @Test
    void aBrowserThatBlocksHoldsUpNeitherTheCallerNorTheEndOfTheLogin() {
        CountDownLatch closed = new CountDownLatch(1);
        LoopbackLogin blocked = endingLogin(address -> awaited(closed));
        try {
            // Returns, or else this thread never comes to open the latch.
            CompletableFuture<AuthorizationCode> waiting = blocked.authorize(url());
            timeIsUp.countDown();

            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(AuthorizationRequired.class)
                    .hasMessageContaining("loginTimeout");
        } finally {
            closed.countDown();
        }
    }

    @Test
    void aBrowserThatThrowsLeavesTheAddressInTheLogToThePerson() {
        CompletableFuture<AuthorizationCode> waiting = new LoopbackLogin(
                        address -> {
                            opened.add(address);
                            throw new IllegalStateException("no display");
                        },
                        Duration.ofSeconds(60))
                .authorize(url());

        get("/?code=good&state=" + state());
        assertThat(waiting.join().code().reveal()).isEqualTo("good");
    }

    @Test
    void whatGoesOnAfterALoginThatNobodyFinishedHoldsUpNoTimerOfTheJvm() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> slow = endingLogin(opened::add)
                .authorize(url())
                .handle((code, error) -> {
                    begun.countDown();
                    return awaited(goOn);
                });
        timeIsUp.countDown();
        try {
            assertThat(awaited(begun)).isTrue();
            assertThat(new CompletableFuture<>().completeOnTimeout("the JDK's timer", 0, TimeUnit.SECONDS))
                    .succeedsWithin(Duration.ofMinutes(1));
            assertThat(slow).isNotDone();
        } finally {
            goOn.countDown();
        }
        assertThat(slow.get(60, TimeUnit.SECONDS)).isTrue();
    }

    /** One whose time is up when the test says so. */
    private LoopbackLogin endingLogin(Browser browser) {
        return new LoopbackLogin(browser, Duration.ofMinutes(5), (ended, limit) -> {
            assertThat(limit).hasMinutes(5);
            return !awaited(timeIsUp);
        });
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theChallengeIsTheOneOfRfc7636AppendixB() {
        assertThat(Pkce.of(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                        .challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void aPastedCallbackIsABareCodeOrAWholeAddress() {
        assertThat(PastedCallback.parse(" abc ", "oauthVerifier").code().reveal())
                .isEqualTo("abc");
        assertThat(PastedCallback.parse("\"http://localhost:33333/?code=abc&state=s#x\"", "oauthVerifier")
                        .state())
                .isEqualTo("s");
        assertThatThrownBy(() -> PastedCallback.parse("http://localhost/?error=access_denied", "oauthVerifier"))
                .isInstanceOf(AuthorizationRequired.class);
        assertThatThrownBy(() -> PastedCallback.parse("no code here", "oauthVerifier"))
                .isInstanceOf(ConfigurationRefused.class)
                .hasMessageContaining("oauthVerifier")
                .hasMessageNotContaining("no code here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "'", "<", ">", "\"'<>", " ", "a", "?", "&", "%", "=&", "#", "?code=a&"})
    void aPasteOfAnyLengthIsReadOrRefusedAtOnce(String piece) {
        for (int times : new int[] {1000, 8000, 300_000}) {
            for (String paste : List.of(piece.repeat(times) + "x", "x" + piece.repeat(times), piece.repeat(times))) {
                assertTimeout(Duration.ofSeconds(30), () -> {
                    try {
                        assertThat(PastedCallback.parse(paste, "oauthVerifier")
                                        .code()
                                        .reveal())
                                .hasSizeLessThanOrEqualTo(8 * 1024);
                    } catch (ConfigurationRefused e) {
                        assertThat(e).hasMessageContaining("oauthVerifier").hasMessageMatching(".{1,200}");
                    }
                });
            }
        }
    }

    private AuthorizationUrl url() {
        return new AuthorizationUrl(
                "https://acme.zendesk.com/oauth/authorizations/new",
                "https://acme.zendesk.com",
                "app",
                "http://localhost:" + port,
                "read write");
    }

    /** Of the login that the browser was told of next. */
    private String state() {
        try {
            URI address = opened.poll(60, TimeUnit.SECONDS);
            assertThat(address).isNotNull();
            return CallbackQuery.parse(address.getRawQuery()).get("state");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String get(String target) {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
    }

    private String send(String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
