package io.github.camelzendesk.auth.settings;

import java.time.Instant;

/**
 * The record that a grant has ended and a person must log in, kept so that no process asks Zendesk again. Immutable.
 *
 * @param fingerprint of the refresh token that was refused: another token in the same file makes this void
 * @param reason a constant of {@code AuthorizationRequired.Reason}
 */
public record EndedGrant(String fingerprint, String reason, Instant since) {}
