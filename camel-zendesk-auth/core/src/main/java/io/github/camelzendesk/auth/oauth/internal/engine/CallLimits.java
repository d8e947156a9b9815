package io.github.camelzendesk.auth.oauth.internal.engine;

import java.time.Duration;

/**
 * How many calls to Zendesk may be under way. Immutable.
 *
 * @param quick of the work that has not taken long so far
 * @param slow above how much that took long none is begun for accounts that are known to be slow
 * @param all of both and of what waits aside, which is the number of threads
 * @param ofOne for one account
 * @param slowAfter what it means to take long
 */
public record CallLimits(int quick, int slow, int all, int ofOne, Duration slowAfter) {
    /** What waits aside leaves their part to the quick and the slow. */
    int aside() {
        return all - quick - slow;
    }
}
