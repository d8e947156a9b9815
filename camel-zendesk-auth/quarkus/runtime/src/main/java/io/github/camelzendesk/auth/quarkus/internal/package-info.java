/** What Quarkus finds as a service. */
@NullMarked
package io.github.camelzendesk.auth.quarkus.internal;

import org.jspecify.annotations.NullMarked;
