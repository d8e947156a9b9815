/** What the tests of this repository share. Not API. */
@NullMarked
package io.github.camelzendesk.auth.testkit.internal;

import org.jspecify.annotations.NullMarked;
