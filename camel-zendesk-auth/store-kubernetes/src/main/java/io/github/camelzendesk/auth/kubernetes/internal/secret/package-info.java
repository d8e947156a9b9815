/** One key of a Secret, and the watch for changes of it. Not API. */
@NullMarked
package io.github.camelzendesk.auth.kubernetes.internal.secret;

import org.jspecify.annotations.NullMarked;
