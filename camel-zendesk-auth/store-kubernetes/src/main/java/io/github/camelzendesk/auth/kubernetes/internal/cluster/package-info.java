/** The way to an API server, where settings are in it, and what its failures mean. Not API. */
@NullMarked
package io.github.camelzendesk.auth.kubernetes.internal.cluster;

import org.jspecify.annotations.NullMarked;
