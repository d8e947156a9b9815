/** Zendesk in a box: an in-process stand-in for tests and demonstrations. */
@NullMarked
package io.github.camelzendesk.auth.testkit;

import org.jspecify.annotations.NullMarked;
