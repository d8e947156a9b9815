package io.github.camelzendesk.benchmarks.scale;

/** The tokens of the scale's server: of the length that Zendesk's have, and telling account and generation. Stateless. */
final class StubToken {
    private static final int LENGTH = 64;

    private StubToken() {}

    static String refresh(String host, int generation) {
        return padded("refresh-" + host + "-" + generation + "-");
    }

    static String access(String host, int generation) {
        return padded("access-" + host + "-" + generation + "-");
    }

    private static String padded(String text) {
        return text + "0".repeat(LENGTH - text.length());
    }
}
