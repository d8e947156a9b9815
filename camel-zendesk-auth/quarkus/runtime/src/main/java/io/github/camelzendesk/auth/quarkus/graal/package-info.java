/** What takes the place of classes in a native image whose optional libraries are absent. */
@NullMarked
package io.github.camelzendesk.auth.quarkus.graal;

import org.jspecify.annotations.NullMarked;
