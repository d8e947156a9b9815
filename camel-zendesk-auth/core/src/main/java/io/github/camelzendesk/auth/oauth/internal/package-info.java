/** What all parts of the engine are given: time, threads, randomness, and the person. Thread-safe. Not API. */
@NullMarked
package io.github.camelzendesk.auth.oauth.internal;

import org.jspecify.annotations.NullMarked;
