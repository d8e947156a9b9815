package io.github.camelzendesk.examples;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Two ends of an access token, on the stand-in: renewed ahead while it is in use, and dead while nobody was there. */
final class DyingToken {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private final StandIn standIn;
    private final Narrator narrator;

    DyingToken(StandIn standIn, Narrator narrator) {
        this.standIn = standIn;
        this.narrator = narrator;
    }

    void renewedAhead(Application application) throws Exception {
        narrator.step("The time of a token that is in use runs out");
        narrator.say("Zendesk's tokens live for 30 minutes. So that you can watch, the stand-in's now live for "
                + StandIn.SHORT_LIFE.toSeconds() + " s.");
        Map<String, Object> before = application.status();
        String old = standIn.storedToken();
        narrator.tickets(application.tickets());
        narrator.status("Before", before);
        narrator.say("Waiting, without a call, until operation=status tells of a new generation ...");
        await(() -> generation(application.status()) > generation(before));
        narrator.status("After ", application.status());
        narrator.say("A timer renewed it ahead of its end, so no call meets an expired token or waits for a new one.");
        narrator.say(standIn.tried(old));
        narrator.say("The route goes on:");
        narrator.tickets(application.tickets());
    }

    /** @param start starts the application, which is stopped at first */
    void deadByTime(Callable<Application> start) throws Exception {
        narrator.step("A token expires while the application is stopped");
        String old = standIn.storedToken();
        narrator.say("Stopped. Waiting until the stand-in refuses the stored token ...");
        await(() -> standIn.answerTo(old) == StandIn.UNAUTHORIZED);
        narrator.say(standIn.tried(old));
        standIn.issueTokensOfTheLifeAskedFor();
        try (Application application = start.call()) {
            narrator.say("Started again. The route is called as if nothing had happened, and refreshes first:");
            narrator.status("Before", application.status());
            narrator.tickets(application.tickets());
            narrator.status("After ", application.status());
        }
    }

    private static void await(Callable<Boolean> reached) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!reached.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s in vain");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static long generation(Map<String, Object> status) {
        return ((Number) status.get("generation")).longValue();
    }
}
