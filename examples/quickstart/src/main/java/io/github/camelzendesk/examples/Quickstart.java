package io.github.camelzendesk.examples;

import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.options.ConnectionOptions;
import io.github.camelzendesk.auth.options.Option;
import io.github.camelzendesk.auth.options.Options;

/**
 * A Camel application that logs in to Zendesk, fetches tickets, and lives through a dead token and a restart. With
 * {@code ZENDESK_URL} set it does so against a real account, otherwise against the stand-in.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        boolean succeeded = run(System.getenv(), System.out, System.err);
        if (!succeeded) {
            // An exception would make Maven surround the one sentence that matters with a page of its own.
            System.exit(1);
        }
    }

    /** Tells the story, or else one paragraph about why it ended; says whether it came to its end. */
    static boolean run(Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            ConnectionOptions options = Environment.options(environment);
            if (options.isSet(Options.URL)) {
                onAnAccount(options, Desktop.browser(), out);
            } else {
                onTheStandIn(options, out);
            }
            return true;
        } catch (Exception e) {
            err.println("\nThe quickstart ended early. " + Failure.explain(e));
            return false;
        }
    }

    static void onAnAccount(ConnectionOptions options, Browser browser, PrintStream out) throws Exception {
        out.println("ZENDESK_URL is set: this runs on that account, and reads at most three tickets there.");
        new Story(options, browser, null, new Narrator(out)).tell();
    }

    private static void onTheStandIn(ConnectionOptions ignored, PrintStream out) throws Exception {
        out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk, in this process.");
        List<String> names =
                Options.ALL.stream().filter(ignored::isSet).map(Option::name).toList();
        if (!names.isEmpty()) {
            out.println("Without it these options are not used: " + String.join(", ", names) + ".");
        }
        try (StandIn standIn = StandIn.start(Files.createTempDirectory("zendesk-auth-quickstart"))) {
            onTheStandIn(standIn, standIn.browser(out), out);
        }
    }

    static void onTheStandIn(StandIn standIn, Browser browser, PrintStream out) throws Exception {
        new Story(ConnectionOptions.of(standIn.options()), browser, standIn, new Narrator(out)).tell();
    }
}
