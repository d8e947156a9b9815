/** Where connections come from, what must not be shown of them, and what their failures mean. Not API. */
@NullMarked
package io.github.camelzendesk.auth.jdbc.internal.connections;

import org.jspecify.annotations.NullMarked;
