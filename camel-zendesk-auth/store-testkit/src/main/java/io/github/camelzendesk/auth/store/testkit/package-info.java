/** What every settings store has to hold, as tests that a store of one's own can extend. */
@NullMarked
package io.github.camelzendesk.auth.store.testkit;

import org.jspecify.annotations.NullMarked;
