/** What can be wrong with a connection, found without changing anything. */
@NullMarked
package io.github.camelzendesk.auth.cli.internal.doctor;

import org.jspecify.annotations.NullMarked;
