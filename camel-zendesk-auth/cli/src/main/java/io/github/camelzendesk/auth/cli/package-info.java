/** The command {@code zendesk-auth}. */
@NullMarked
package io.github.camelzendesk.auth.cli;

import org.jspecify.annotations.NullMarked;
