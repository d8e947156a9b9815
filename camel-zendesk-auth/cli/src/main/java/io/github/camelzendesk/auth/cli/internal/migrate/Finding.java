package io.github.camelzendesk.auth.cli.internal.migrate;

import org.jspecify.annotations.Nullable;

/**
 * A line that uses what ends. Immutable; holds nothing of the line but the name of a key or an option.
 *
 * @param line from 1
 * @param connection the connection or the account that it is about; null where that is not to be seen
 */
public record Finding(String file, int line, Kind kind, String name, @Nullable String connection) {}
