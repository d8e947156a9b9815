package io.github.camelzendesk.benchmarks.peers;

/** What one run came to. Immutable. */
record Result(long exchanges, long reuses, long valid, long dead, long failed, boolean alive, String failures) {}
