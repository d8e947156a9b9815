package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What a seed decides before anything runs: who there is, and what happens to them. Immutable.
 *
 * @param seed of the order in which things happen, and of all small times
 * @param skews of the processes' clocks, in seconds; one for each process
 * @param begins with what
 * @param logsIn whether a person is there who logs in when asked
 * @param robot whether each process also has client credentials, in the same place or in another
 */
record Scenario(
        long seed,
        boolean isFile,
        int lifetime,
        List<Integer> skews,
        Begin begins,
        boolean logsIn,
        Robot robot,
        List<Step> steps) {

    /** What is stored and what is configured at the beginning. */
    enum Begin {
        STORED,
        CONFIGURED,
        /** A pair that was good long ago is configured, and a living one is stored. */
        STALE_CONFIGURED
    }

    /** Where the client credentials are kept. */
    enum Robot {
        NONE,
        ELSEWHERE,
        SAME_PLACE
    }

    private static final int[] LIFETIMES = {300, 300, 1800, 172_800};
    private static final int[] SKEWS = {0, 0, 0, 1, -2, 240, -2700, 7200};
    private static final int[] PAUSES = {0, 1, 20, 300, 1000, 1000, 5000, 20_000, 61_000, 245_000, 1_700_000};
    private static final int MOST_STEPS = 24;
    private static final int KINDS = 3;

    static Scenario of(long seed) {
        Random random = new Random(seed);
        random.nextInt();
        List<Integer> skews = Stream.generate(() -> pick(random, SKEWS))
                .limit(1 + random.nextInt(3))
                .toList();
        Robot robot = Robot.values()[Math.max(0, random.nextInt(6) - 3)];
        Begin begin = Begin.values()[random.nextInt(Begin.values().length)];
        return new Scenario(
                seed,
                random.nextBoolean(),
                pick(random, LIFETIMES),
                skews,
                // Who comes first has the place, and the other is refused: that is no loss.
                robot == Robot.SAME_PLACE ? Begin.STORED : begin,
                random.nextInt(4) == 0,
                robot,
                steps(random, skews.size()));
    }

    private static int pick(Random random, int... from) {
        return from[random.nextInt(from.length)];
    }

    private static List<Step> steps(Random random, int processes) {
        List<Deed> kinds = kinds(random);
        int size = 2 + random.nextInt(MOST_STEPS);
        return Stream.generate(() -> new Step(
                        deed(random, kinds), pick(random, PAUSES), random.nextInt(processes), random.nextInt(100)))
                .limit(size)
                .toList();
    }

    /** A few kinds for each history, so that they meet. */
    private static List<Deed> kinds(Random random) {
        boolean operators = random.nextInt(4) == 0;
        return Stream.of(Deed.values())
                .filter(deed -> operators || !deed.isOfOperators())
                .filter(deed -> deed == Deed.CALL || random.nextInt(KINDS) == 0)
                .toList();
    }

    private static Deed deed(Random random, List<Deed> kinds) {
        int drawn = random.nextInt(kinds.stream().mapToInt(deed -> deed.weight).sum());
        int index = 0;
        while (drawn >= kinds.get(index).weight) {
            drawn -= kinds.get(index++).weight;
        }
        return kinds.get(index);
    }

    Duration accessTokenLife() {
        return Duration.ofSeconds(lifetime);
    }

    Scenario with(List<Step> others) {
        return new Scenario(seed, isFile, lifetime, skews, begins, logsIn, robot, List.copyOf(others));
    }

    Scenario with(List<Integer> otherSkews, boolean loggingIn, Robot otherRobot) {
        return new Scenario(seed, isFile, lifetime, otherSkews, begins, loggingIn, otherRobot, steps);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + (isFile ? "file" : "database") + ", tokens of " + lifetime + " s, clocks "
                + skews + ", " + begins + (logsIn ? ", a person logs in" : "") + ", robot " + robot;
    }
}
