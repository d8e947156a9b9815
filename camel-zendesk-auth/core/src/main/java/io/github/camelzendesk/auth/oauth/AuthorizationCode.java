package io.github.camelzendesk.auth.oauth;

import io.github.camelzendesk.auth.settings.Secret;

/**
 * An authorization code with the PKCE verifier that its request was bound to. Immutable. Zendesk honours a code once,
 * and for 120 seconds (RFC 6749 section 4.1.2, RFC 7636 section 4.5).
 */
public record AuthorizationCode(Secret code, Secret codeVerifier) {}
