/** The engine room: {@link TokenManager}, the rotation of a grant, and the token endpoint (RFC 6749). */
@NullMarked
package io.github.camelzendesk.auth.oauth;

import org.jspecify.annotations.NullMarked;
