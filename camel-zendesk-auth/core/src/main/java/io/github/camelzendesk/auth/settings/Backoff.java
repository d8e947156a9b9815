package io.github.camelzendesk.auth.settings;

import java.time.Instant;

/**
 * That token requests fail, kept where every process that shares the grant sees it. Immutable.
 *
 * @param failures how many in a row, so that the pauses of all of them grow together
 * @param retryAt no process asks the token endpoint before this instant
 */
public record Backoff(int failures, Instant retryAt) {}
