/** Connections from and for other programs, and what has to leave API tokens behind. */
@NullMarked
package io.github.camelzendesk.auth.cli.internal.migrate;

import org.jspecify.annotations.NullMarked;
