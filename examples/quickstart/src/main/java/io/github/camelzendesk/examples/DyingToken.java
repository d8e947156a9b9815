package io.github.camelzendesk.examples;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Two ends of an access token on the stand-in: renewed ahead because it is in use, and dead because nobody called. */
final class DyingToken {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 100;

    private final Application application;
    private final StandIn standIn;
    private final Narrator narrator;

    DyingToken(Application application, StandIn standIn, Narrator narrator) {
        this.application = application;
        this.standIn = standIn;
        this.narrator = narrator;
    }

    void tell() throws Exception {
        renewedAhead();
        deadByTime();
    }

    private void renewedAhead() throws Exception {
        narrator.step("A token that is in use is renewed ahead of its end");
        narrator.say("Zendesk's tokens live for 30 minutes. To let you watch, the stand-in now makes them live for "
                + StandIn.SHORT_LIFE.toSeconds() + " s.");
        long before = generation(application.status());
        narrator.tickets(application.tickets());
        narrator.say("Waiting without a call until the timer has renewed it (asking operation=status) ...");
        narrator.status(await(status -> generation(status) > before));
        narrator.say("Generation " + before + " became " + generation(application.status())
                + " before it had expired, and no call had to wait.");
    }

    private void deadByTime() throws Exception {
        narrator.step("A token that nobody uses dies by time, and the next call gets another");
        String old = SettingsFile.of(application.status()).orElseThrow().accessToken();
        long before = generation(application.status());
        narrator.say("Nobody has used generation " + before + ", so it is not renewed: each refresh is a risk.");
        narrator.say("Waiting until it has expired (asking operation=status) ...");
        Map<String, Object> expired =
                await(status -> "EXPIRED".equals(status.get("state")) && standIn.answerTo(old) == 401);
        narrator.status(expired);
        narrator.say("The expired token, tried past Camel: answer " + standIn.answerTo(old) + ".");
        standIn.issueTokensOfTheLifeAskedFor();
        narrator.say("The route is called all the same, and refreshes first:");
        narrator.tickets(application.tickets());
        narrator.status(application.status());
        narrator.say("Generation " + before + " died, generation " + generation(application.status())
                + " serves. The caller noticed nothing.");
    }

    private Map<String, Object> await(Predicate<Map<String, Object>> reached) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Object> status = application.status();
        while (!reached.test(status)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "Waited " + PATIENCE.toSeconds() + " s in vain; the status is " + status);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            status = application.status();
        }
        return status;
    }

    private static long generation(Map<String, Object> status) {
        return ((Number) status.get("generation")).longValue();
    }
}
