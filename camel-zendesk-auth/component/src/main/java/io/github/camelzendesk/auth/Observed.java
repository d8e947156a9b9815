package io.github.camelzendesk.auth;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * A connection as operators know it. Immutable.
 *
 * @param label the connection's name; with a number when several sets of options go by the same name
 */
record Observed(String label, TokenManager manager) {}
