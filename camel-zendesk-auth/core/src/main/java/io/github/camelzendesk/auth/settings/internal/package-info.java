/** Settings in memory, and what may be in a token and in a log line. Not API. */
@NullMarked
package io.github.camelzendesk.auth.settings.internal;

import org.jspecify.annotations.NullMarked;
