package io.github.camelzendesk.examples.kamelets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Processor;
import org.apache.camel.main.Main;

import io.github.camelzendesk.auth.testkit.ApiFault;
import io.github.camelzendesk.auth.testkit.ZendeskOptions;
import io.github.camelzendesk.auth.testkit.ZendeskServer;

/**
 * Runs {@code camel/tickets.yaml}: tickets come in by zendesk-source, and a visitor's goes out by zendesk-sink. With
 * {@code ZENDESK_URL} set it only reads, on a real account; otherwise it runs on the stand-in. Stateless.
 */
public final class Kamelets {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(5);
    private static final int SECONDS = 60;

    private Kamelets() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> options = ZendeskOptions.of(System.getenv());
        if (options.containsKey("url")) {
            System.out.println(
                    "ZENDESK_URL is set: this shows that account's new and updated tickets for two minutes.");
            System.out.println("Zendesk tells a change after a minute.");
            readOnly(options);
            return;
        }
        System.out.println("ZENDESK_URL is not set: this runs on a stand-in for Zendesk. Its tokens live for "
                + SHORT_LIFE.toSeconds() + " s, and it refuses the first one in mid-flight.");
        try (ZendeskServer zendesk = ZendeskServer.start()) {
            zendesk.accessTokenLifetime(SHORT_LIFE);
            story(zendesk);
        }
    }

    private static void readOnly(Map<String, String> options) throws Exception {
        Main main = application(options, folder(), exchange -> {});
        main.configure().setDurationMaxSeconds(2 * SECONDS);
        main.addOverrideProperty("camel.kamelet.zendesk-source.delay", "10000");
        main.run();
    }

    /** Two tickets come in; a token dies while a third one goes out and comes back in. */
    static void story(ZendeskServer zendesk) throws Exception {
        // A change is told at once, where Zendesk would wait for a minute.
        zendesk.exportDelay(Duration.ZERO);
        zendesk.exportLimit(SECONDS);
        Semaphore seen = new Semaphore(0);
        Main main = application(ZendeskOptions.ofService(zendesk), folder(), exchange -> seen.release());
        main.addOverrideProperty("camel.kamelet.zendesk-source.startTime", "0");
        main.start();
        try {
            await(seen, 2);
            zendesk.nextApiRequest(ApiFault.invalidToken());
            main.getCamelTemplate().sendBody("direct:visitor", "The coffee machine is on fire, too");
            await(seen, 1);
        } finally {
            main.stop();
        }
        System.out.printf(
                "The stand-in saw %d token requests and %d calls, of which it answered %d with 401.%n",
                zendesk.tokenRequestCount(),
                zendesk.apiRequests().size(),
                zendesk.apiRequests().stream()
                        .filter(call -> call.status() == 401)
                        .count());
    }

    private static Main application(Map<String, String> options, Path folder, Processor seen) {
        Main main = new Main();
        options.forEach((name, value) ->
                main.addInitialProperty("camel.component.zendesk-auth.connections.desk." + name, value));
        main.addInitialProperty("camel.kamelet.zendesk-source.cursorDirectory", folder.toString());
        main.bind("seen", seen);
        return main;
    }

    private static void await(Semaphore seen, int tickets) throws InterruptedException {
        if (!seen.tryAcquire(tickets, SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("No ticket came within " + SECONDS + " s");
        }
    }

    private static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("zendesk-kamelets");
        folder.toFile().deleteOnExit();
        return folder;
    }
}
