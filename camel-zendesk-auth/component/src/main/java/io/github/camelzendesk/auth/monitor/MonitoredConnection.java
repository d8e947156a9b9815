package io.github.camelzendesk.auth.monitor;

import io.github.camelzendesk.auth.oauth.TokenManager;

/**
 * A connection as operators know it. Immutable.
 *
 * @param label the connection's name; with a number when several sets of options go by the same name
 */
public record MonitoredConnection(String label, TokenManager manager) {}
