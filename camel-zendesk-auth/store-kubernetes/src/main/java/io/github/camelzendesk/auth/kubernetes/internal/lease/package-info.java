/** The lock of one connection, a Lease. Not API. */
@NullMarked
package io.github.camelzendesk.auth.kubernetes.internal.lease;

import org.jspecify.annotations.NullMarked;
