package io.github.camelzendesk.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZendeskServerMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsAllThatTheQuickstartNeeds() throws Exception {
        List<String> urls = new ArrayList<>();

        int exitCode = run(zendesk -> urls.add(zendesk.url()), "0");

        assertThat(exitCode).isZero();
        assertThat(text(out))
                .contains("export ZENDESK_URL=" + urls.get(0), "ZENDESK_OAUTH_CLIENT_ID=quickstart")
                .containsPattern("ZENDESK_OAUTH_CLIENT_SECRET=zcs_\\w+")
                .containsPattern("ZENDESK_USER=agent@example.com\\R.*ZENDESK_API_TOKEN=zpt_\\w+");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void servesTheQuickstartUntilItIsLeft() throws Exception {
        List<String> pages = new ArrayList<>();
        String consent = "/oauth/authorizations/new?response_type=code&client_id=quickstart"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A33333&scope=read";

        run(zendesk -> pages.add(zendesk.user().visit(URI.create(zendesk.url() + consent))), "0");

        assertThat(pages).singleElement().asString().contains("Allow quickstart?");
    }

    @Test
    void theSecondArgumentIsTheLifetimeOfAccessTokens() throws Exception {
        List<IssuedTokens> pairs = new ArrayList<>();

        run(zendesk -> pairs.add(zendesk.issue(zendesk.confidentialClient("app"), "read")), "0", "7");

        assertThat(pairs).singleElement().satisfies(pair -> assertThat(pair.expiresAt())
                .isEqualTo(pair.issuedAt().plusSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http            | pass a number from 1 to 65535",
                "-1              | pass a number from 1 to 65535",
                "65536           | pass a number from 1 to 65535",
                "99999999999     | pass a number from 1 to 65535",
                "0 soon          | pass whole seconds from 1 on",
                "0 0             | pass whole seconds from 1 on",
                "0 60 more       | pass at most two"
            })
    void anUnusableArgumentGivesOneSentenceWithTheRemedyAndExitCode2(String args, String remedy) throws Exception {
        int exitCode = run(zendesk -> {}, args.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(text(err)).contains(remedy).hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aPortInUseGivesOneSentenceWithTheRemedyAndExitCode2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = run(zendesk -> {}, String.valueOf(taken.getLocalPort()));

            assertThat(exitCode).isEqualTo(2);
        }
        assertThat(text(err))
                .contains("cannot be used: stop what listens there")
                .hasLineCount(1);
        assertThat(text(out)).isEmpty();
    }

    private int run(ZendeskServerMain.Stay stay, String... args) throws InterruptedException {
        return ZendeskServerMain.run(args, printer(out), printer(err), stay);
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
