package io.github.camelzendesk.auth.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.common.FatalStartupException;

/**
 * Runs a {@link ZendeskServer} as a process of its own, to try things by hand, and to test programs of any language.
 * Stateless.
 *
 * <p>Arguments: the port, 18080 unless told otherwise; the lifetime of access tokens in seconds; {@code --control} and a
 * port for commands while it runs; and commands for its start. {@code docs/standin.adoc} lists them.
 */
public final class ZendeskServerMain {
    private static final int UNUSABLE = 2;
    private static final String CALLBACK = "http://localhost:33333";
    private static final String WELCOME =
            """
            The stand-in for Zendesk runs at %1$s until it is killed.

            client id      %2$s
            client secret  %3$s
            user           %4$s
            API token      %5$s

            For the quickstart, with a login in the browser:

            export ZENDESK_URL=%1$s
            export ZENDESK_OAUTH_CLIENT_ID=%2$s
            export ZENDESK_OAUTH_CLIENT_SECRET=%3$s
            export ZENDESK_CALLBACK_URL=%6$s

            For a connection by API token, without those of the client:

            export ZENDESK_URL=%1$s
            export ZENDESK_USER=%4$s
            export ZENDESK_API_TOKEN=%5$s
            """;

    private ZendeskServerMain() {}

    /** What keeps the process alive. */
    interface Stay {
        void with(ZendeskServer zendesk) throws InterruptedException;
    }

    public static void main(String[] args) throws InterruptedException {
        int exitCode = run(args, System.out, System.err, zendesk -> new CountDownLatch(1).await());
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Runs the stand-in for as long as somebody stays, and returns the exit code. */
    static int run(String[] args, PrintStream out, PrintStream err, Stay stay) throws InterruptedException {
        try {
            serve(Arguments.of(args), out, stay);
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private static void serve(Arguments arguments, PrintStream out, Stay stay) throws InterruptedException {
        try (ZendeskServer zendesk = start(arguments.port())) {
            Control control = new Control(zendesk);
            zendesk.accessTokenLifetime(arguments.lifetime());
            RegisteredClient client = zendesk.confidentialClient("quickstart", CALLBACK);
            zendesk.addUser(Caller.AGENT);
            List<String> done = arguments.commands().stream().map(control::done).toList();
            try (ControlServer address = start(arguments.control(), control)) {
                out.print(welcome(zendesk.url(), client, zendesk.apiToken(Caller.AGENT)));
                done.forEach(out::println);
                out.print(address == null ? "" : "control " + address.url() + System.lineSeparator());
                out.flush();
                stay.with(zendesk);
            }
        }
    }

    private static ZendeskServer start(int port) {
        try {
            return ZendeskServer.start(port);
        } catch (FatalStartupException e) {
            throw unusable(port, "first argument", e);
        }
    }

    private static @Nullable ControlServer start(@Nullable Integer port, Control control) {
        try {
            return port == null ? null : new ControlServer(port, control);
        } catch (IOException e) {
            throw unusable(port, "--control", e);
        }
    }

    private static IllegalArgumentException unusable(@Nullable Integer port, String argument, Exception cause) {
        return new IllegalArgumentException(
                "Port " + port + " cannot be used: stop what listens there, or pass another port as " + argument + ".",
                cause);
    }

    /** The secrets are made up and good for this process only, so they may be shown. */
    private static String welcome(String url, RegisteredClient client, String apiToken) {
        return WELCOME.formatted(url, client.identifier(), client.secret(), Caller.AGENT, apiToken, CALLBACK);
    }
}
