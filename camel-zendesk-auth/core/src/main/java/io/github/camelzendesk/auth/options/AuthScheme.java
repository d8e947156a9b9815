package io.github.camelzendesk.auth.options;

/** How a connection authenticates, in the spelling of the Zendesk drivers. */
public enum AuthScheme {
    Basic,
    APIToken,
    OAuth,
    OAuthClient
}
