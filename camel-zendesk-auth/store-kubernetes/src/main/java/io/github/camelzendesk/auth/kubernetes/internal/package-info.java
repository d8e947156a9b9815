/** The store in a Secret: what a location says, and transactions. Not API. */
@NullMarked
package io.github.camelzendesk.auth.kubernetes.internal;

import org.jspecify.annotations.NullMarked;
