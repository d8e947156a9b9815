/** Connections by name: the files that describe them, read and written. */
@NullMarked
package io.github.camelzendesk.auth.cli.internal.connections;

import org.jspecify.annotations.NullMarked;
