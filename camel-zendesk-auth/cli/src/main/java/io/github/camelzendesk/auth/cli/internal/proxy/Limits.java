package io.github.camelzendesk.auth.cli.internal.proxy;

import java.time.Duration;

/**
 * How long things may take. Immutable.
 *
 * @param idle of a connection that says nothing
 * @param crowded the same while all connections are taken: each user of the machine can open some to a port
 * @param answer of Zendesk, from the last byte sent to the first received, and between two bytes
 * @param end of requests that run when the proxy is to end
 */
public record Limits(Duration idle, Duration crowded, Duration answer, Duration end) {
    /** Zendesk itself gives up after a minute. */
    public static final Limits DEFAULT =
            new Limits(Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofSeconds(10));
    /** Each has a thread while it is served; as many more wait until one is free. */
    static final int CONNECTIONS = 256;

    static final int REQUEST_HEAD = 16 * 1024;
    static final int ANSWER_HEAD = 64 * 1024;
    /** What is kept of a request's body, so that it can be sent again after a 401. */
    static final int KEPT_BODY = 64 * 1024;
}
