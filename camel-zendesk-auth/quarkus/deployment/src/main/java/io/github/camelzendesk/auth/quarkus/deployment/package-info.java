/** What happens at build time, and in dev and test mode. */
@NullMarked
package io.github.camelzendesk.auth.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
