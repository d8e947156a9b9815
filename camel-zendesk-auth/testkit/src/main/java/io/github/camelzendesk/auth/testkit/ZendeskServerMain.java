package io.github.camelzendesk.auth.testkit;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.common.FatalStartupException;

/**
 * Runs a {@link ZendeskServer} as a process of its own, to try things by hand. Stateless.
 *
 * <p>Arguments: the port, 18080 unless told otherwise, and the lifetime of access tokens in seconds.
 */
public final class ZendeskServerMain {
    private static final int DEFAULT_PORT = 18_080;
    private static final int HIGHEST_PORT = 65_535;
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
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private ZendeskServerMain() {}

    /** What keeps the process alive. */
    interface Stay {
        void with(ZendeskServer zendesk) throws InterruptedException;
    }

    /** What the arguments say. Immutable. */
    private record Arguments(int port, @Nullable Duration lifetime) {
        static Arguments of(String[] args) {
            if (args.length > 2) {
                throw new IllegalArgumentException("There are " + args.length
                        + " arguments: pass at most two, the port and the lifetime of access tokens in seconds.");
            }
            return new Arguments(
                    args.length > 0 ? port(args[0]) : DEFAULT_PORT,
                    args.length > 1 ? Duration.ofSeconds(seconds(args[1])) : null);
        }

        private static int port(String text) {
            int port = number(text);
            if (port < 0 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("\"" + text + "\" is not a port: pass a number from 1 to "
                        + HIGHEST_PORT + ", 0 for any free port, or nothing for " + DEFAULT_PORT + ".");
            }
            return port;
        }

        private static int seconds(String text) {
            int seconds = number(text);
            if (seconds < 1) {
                throw new IllegalArgumentException("\"" + text + "\" is not a lifetime of access tokens: pass whole"
                        + " seconds from 1 on, or nothing for Zendesk's 30 minutes.");
            }
            return seconds;
        }

        private static int number(String text) {
            return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        }
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
            zendesk.accessTokenLifetime(arguments.lifetime());
            RegisteredClient client = zendesk.confidentialClient("quickstart", CALLBACK);
            zendesk.addUser(Caller.AGENT);
            out.print(welcome(zendesk.url(), client, zendesk.apiToken(Caller.AGENT)));
            out.flush();
            stay.with(zendesk);
        }
    }

    private static ZendeskServer start(int port) {
        try {
            return ZendeskServer.start(port);
        } catch (FatalStartupException e) {
            throw new IllegalArgumentException(
                    "Port " + port
                            + " cannot be used: stop what listens there, or pass another port as first argument.",
                    e);
        }
    }

    /** The secrets are made up and good for this process only, so they may be shown. */
    private static String welcome(String url, RegisteredClient client, String apiToken) {
        return WELCOME.formatted(url, client.identifier(), client.secret(), Caller.AGENT, apiToken, CALLBACK);
    }
}
