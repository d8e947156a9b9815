package io.github.camelzendesk.examples.quarkus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * Runs the packaged application, which has none of this class's libraries, as a process. With {@code ZENDESK_URL} set it
 * does so on a real account, otherwise on the stand-in. Stateless.
 */
public final class Launcher {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);

    private Launcher() {}

    /** The first argument is the packaged application, {@code quarkus-run.jar}. */
    public static void main(String[] args) throws Exception {
        ProcessBuilder application = application(Path.of(args[0])).inheritIO();
        if (ZendeskOptions.of(System.getenv()).containsKey("url")) {
            System.out.println("ZENDESK_URL is set: this reads tickets on that account, three times.");
            run(application);
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk. Its tokens live for "
                + SHORT_LIFE.toSeconds() + " s, and it refuses the first one in mid-flight.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            zendesk.nextApiRequest(ApiFault.invalidToken());
            application.environment().putAll(account(zendesk));
            run(application);
            System.out.printf(
                    "The stand-in saw %d token requests and %d calls, of which it answered %d with 401.%n",
                    zendesk.tokenRequestCount(),
                    zendesk.apiRequests().size(),
                    zendesk.apiRequests().stream()
                            .filter(seen -> seen.status() == 401)
                            .count());
        }
    }

    static ProcessBuilder application(Path jar) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(java, "-jar", jar.toString());
    }

    /** The account, in the variables that application.properties names. */
    static Map<String, String> account(ZendeskServer zendesk) {
        Map<String, String> options = ZendeskOptions.ofService(zendesk);
        return Map.of(
                "ZENDESK_URL", options.get("url"),
                "ZENDESK_OAUTH_CLIENT_ID", options.get("oauth-client-id"),
                "ZENDESK_OAUTH_CLIENT_SECRET", options.get("oauth-client-secret"));
    }

    private static void run(ProcessBuilder application) throws IOException, InterruptedException {
        int code = application.start().waitFor();
        if (code != 0) {
            throw new IOException("The application ended with " + code);
        }
    }
}
