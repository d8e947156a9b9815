package io.github.camelzendesk.auth.settings;

import java.time.Instant;

/**
 * The record that a one-time credential is about to be spent, written before it is. Immutable. Whoever finds it later
 * knows that an answer may have been lost, and since when.
 *
 * @param fingerprint of the refresh token or code that is spent
 * @param generation that the answer will have
 * @param owner process and host, for the person who reads the file
 */
public record PendingExchange(String fingerprint, long generation, Instant startedAt, String owner) {}
