package io.github.camelzendesk.auth;

/** What a producer does with an exchange. */
public enum ZendeskAuthOperation {
    /** Attaches the Authorization header. */
    authenticate,
    /** Gives the address where a person consents, as the body. */
    authorizationUrl,
    /** Exchanges the code of a callback for tokens. */
    exchangeCode,
    /** Obtains a new token now. */
    refresh,
    /** Asks Zendesk who we are, without rotating. */
    verify,
    /** Tells what is known of the connection, without calling Zendesk. */
    status,
    /** Ends the grant at Zendesk and erases it here. */
    revoke
}
