/** The hand-over to the HTTP client of the JDK. API. */
@NullMarked
package io.github.camelzendesk.auth.client.jdk;

import org.jspecify.annotations.NullMarked;
