/** Settings in a Kubernetes Secret, under a Lease, for all pods that share one grant. */
@NullMarked
package io.github.camelzendesk.auth.kubernetes;

import org.jspecify.annotations.NullMarked;
