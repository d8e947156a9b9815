package io.github.camelzendesk.auth.options;

/** Whether the OAuth client can keep a secret (RFC 6749 section 2.1). */
public enum OAuthClientKind {
    CONFIDENTIAL,
    PUBLIC
}
