/**
 * When a refresh happens, and who waits for it. Many threads; one lock a connection guards the state, and every future
 * completes outside of it. Not API.
 */
@NullMarked
package io.github.camelzendesk.auth.oauth.internal.refresh;

import org.jspecify.annotations.NullMarked;
