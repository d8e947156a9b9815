package io.github.camelzendesk.auth.monitor;

import java.util.function.Function;

/**
 * The connections that are shown together, because there are too many to show each by itself. Thread-safe.
 *
 * @param label what they go by; no connection has it
 * @param tally counts them
 * @param byLabel finds any connection of the component, this one or one that is shown by itself; null when there is none
 */
record ConnectionGroup(String label, StateCounts tally, Function<String, MonitoredConnection> byLabel) {}
