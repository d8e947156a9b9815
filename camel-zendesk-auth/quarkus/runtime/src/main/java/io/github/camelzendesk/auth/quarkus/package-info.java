/** What the Camel Quarkus extension adds to an application. */
@NullMarked
package io.github.camelzendesk.auth.quarkus;

import org.jspecify.annotations.NullMarked;
