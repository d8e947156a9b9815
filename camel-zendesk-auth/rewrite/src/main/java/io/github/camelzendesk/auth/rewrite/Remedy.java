package io.github.camelzendesk.auth.rewrite;

/** Why a place was left as it is, and what to do about it. The texts quote nothing of the place, which may be secret. */
enum Remedy {
    ACCOUNT("the account is not in the address: run the recipe with its options subdomain and connection"),
    CLIENT("camel-zendesk takes a client for each of its methods: make it with ZendeskClientFactory"),
    CONFIGURER("this endpoint has an HTTP client of its own: let a ZendeskHttpClientConfigurer configure that"),
    CREDENTIALS("these credentials are mixed with those of OAuth: keep oauthClientId and oauthClientSecret alone"),
    HEADER("others get this header too: remove it, and put httpClientConfigurer=#connection on the calls to Zendesk"),
    HOST("the host is not below zendesk.com: use httpClientConfigurer=#connection, and set its url to this host"),
    HTTP("plain http carries no token: write https, without a user in the address"),
    NAME("another bean has the name of this connection: run the recipe with its option connection"),
    OPTIONS("the URI of a named connection sets no such options: put them on the connection"),
    PLACE("bind a ZendeskHttpClientConfigurer where routes are set up, and name it in httpClientConfigurer"),
    RUN_TIME(
            "these credentials come at run time: use a named connection, over camel-http with httpClientConfigurer=#connection");

    /** What each comment begins with, so that a second run finds it. */
    static final String MARK = "TODO zendesk-auth: ";

    private final String text;

    Remedy(String text) {
        this.text = text;
    }

    String text() {
        return MARK + text + ".";
    }
}
