package io.github.camelzendesk.auth.simulation;

import java.util.Locale;

/**
 * One thing that happens from outside.
 *
 * @param after in milliseconds since the step before
 * @param place of which process; taken modulo their number
 * @param number what it means depends on the deed
 */
record Step(Deed deed, int after, int place, int number) {
    @Override
    public String toString() {
        return "+" + after + " ms " + (char) ('A' + place) + " "
                + deed.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " (" + number + ")";
    }
}
