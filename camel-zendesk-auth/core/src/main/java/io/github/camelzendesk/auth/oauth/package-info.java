/**
 * Tokens for Zendesk (RFC 6749): {@link TokenManager}, what it is told, what it answers, and its errors. All types are
 * immutable values or thread-safe.
 */
@NullMarked
package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.NullMarked;
