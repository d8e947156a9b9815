/** How a connection is opened with its options. Not API. */
@NullMarked
package io.github.camelzendesk.auth.options.internal;

import org.jspecify.annotations.NullMarked;
