/**
 * How a grant becomes the next one and is never lost: lock, read, decide, note, send, save. One thread at a time rotates
 * a grant; the store's lock sees to it among processes, and an attempt among the threads of one. Not API.
 */
@NullMarked
package io.github.camelzendesk.auth.oauth.internal.rotation;

import org.jspecify.annotations.NullMarked;
