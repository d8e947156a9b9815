/** The threads, timers and turns that all connections of this JVM share. All types are thread-safe. Not API. */
@NullMarked
package io.github.camelzendesk.auth.oauth.internal.engine;

import org.jspecify.annotations.NullMarked;
