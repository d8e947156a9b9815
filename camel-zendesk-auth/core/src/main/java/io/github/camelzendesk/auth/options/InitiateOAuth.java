package io.github.camelzendesk.auth.options;

/** How far a connection goes to have a token, in the spelling of the Zendesk drivers. */
public enum InitiateOAuth {
    OFF,
    REFRESH,
    GETANDREFRESH
}
