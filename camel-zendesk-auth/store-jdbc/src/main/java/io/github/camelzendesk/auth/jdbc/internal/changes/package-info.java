/** Who waits for changes to which rows, and the thread that tells them. Not API. */
@NullMarked
package io.github.camelzendesk.auth.jdbc.internal.changes;

import org.jspecify.annotations.NullMarked;
