/** Settings in a file: its lock, its permissions, and what its failures mean. Not API. */
@NullMarked
package io.github.camelzendesk.auth.settings.internal.file;

import org.jspecify.annotations.NullMarked;
