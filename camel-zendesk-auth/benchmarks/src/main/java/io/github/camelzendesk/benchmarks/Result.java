package io.github.camelzendesk.benchmarks;

import java.time.Duration;

/** What one run came to. Immutable. */
record Result(
        long exchanges, long reuses, long valid, long dead, long failed, String alive, Duration took, String detail) {}
