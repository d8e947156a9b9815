package io.github.camelzendesk.auth.simulation;

import java.util.ArrayList;
import java.util.List;

/** Makes a scenario that breaks a rule smaller, as long as it breaks the same one. */
final class Shrinker {
    private final String rule;
    private Scenario smallest;

    private Shrinker(Scenario failing, String rule) {
        this.smallest = failing;
        this.rule = rule;
    }

    static Scenario shrink(Scenario failing) {
        Shrinker shrinker = new Shrinker(failing, Player.play(failing, false).rule());
        boolean smaller = true;
        while (smaller) {
            smaller = shrinker.dropSteps() | shrinker.simplify() | shrinker.shortenSteps();
        }
        return shrinker.smallest;
    }

    private boolean isSmaller(Scenario candidate) {
        boolean same = !candidate.equals(smallest)
                && Player.play(candidate, false).rule().equals(rule);
        smallest = same ? candidate : smallest;
        return same;
    }

    /** Large pieces first. */
    private boolean dropSteps() {
        boolean smaller = false;
        for (int size = smallest.steps().size(); size > 0; size /= 2) {
            for (int from = 0; from + size <= smallest.steps().size(); ) {
                List<Step> rest = new ArrayList<>(smallest.steps());
                rest.subList(from, from + size).clear();
                boolean dropped = isSmaller(smallest.with(rest));
                smaller |= dropped;
                from += dropped ? 0 : size;
            }
        }
        return smaller;
    }

    private boolean simplify() {
        List<Integer> alike = smallest.skews().stream().map(skew -> 0).toList();
        return isSmaller(smallest.with(alike, smallest.logsIn(), smallest.robot()))
                | isSmaller(smallest.with(fewer(smallest.skews()), smallest.logsIn(), smallest.robot()))
                | isSmaller(smallest.with(smallest.skews(), false, smallest.robot()))
                | isSmaller(smallest.with(smallest.skews(), smallest.logsIn(), Scenario.Robot.NONE));
    }

    private static List<Integer> fewer(List<Integer> skews) {
        return skews.subList(0, Math.max(1, skews.size() - 1));
    }

    private boolean shortenSteps() {
        boolean smaller = false;
        for (int i = 0; i < smallest.steps().size(); i++) {
            Step step = smallest.steps().get(i);
            smaller |= replace(i, new Step(step.deed(), 0, step.place(), step.number()))
                    | replace(i, new Step(step.deed(), smallest.steps().get(i).after(), step.place(), 0));
        }
        return smaller;
    }

    private boolean replace(int index, Step by) {
        List<Step> steps = new ArrayList<>(smallest.steps());
        steps.set(index, by);
        return isSmaller(smallest.with(steps));
    }
}
