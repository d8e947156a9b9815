package io.github.camelzendesk.auth;

import org.apache.camel.spi.Metadata;

import io.github.camelzendesk.auth.options.Options;

/** The message headers of this component. */
public final class ZendeskAuthConstants {
    @Metadata(
            label = "producer",
            description =
                    "The operation to perform, instead of the endpoint's. Counts only with operationFromHeader=true.",
            javaType = "io.github.camelzendesk.auth.ZendeskAuthOperation")
    public static final String OPERATION = "CamelZendeskAuthOperation";

    @Metadata(
            label = "producer",
            description = "For exchangeCode: the code of the callback, or the whole callback address.",
            javaType = "String")
    public static final String CODE = "CamelZendeskAuthCode";

    @Metadata(
            label = "producer",
            description = "Set by authorizationUrl; for exchangeCode the state that the callback must carry.",
            javaType = "String")
    public static final String STATE = "CamelZendeskAuthState";

    @Metadata(
            label = "producer",
            description = "Set by authorizationUrl; needed by exchangeCode: the PKCE verifier of the login.",
            javaType = "String")
    public static final String PKCE_VERIFIER = "CamelZendeskAuthPkceVerifier";

    @Metadata(
            label = "producer",
            description =
                    "For authenticate: the end user, by e-mail or id, on whose behalf Zendesk is called. Counts only with onBehalfOfFromHeader=true.",
            javaType = "String")
    public static final String ON_BEHALF_OF = "CamelZendeskAuthOnBehalfOf";

    public static final String AUTHORIZATION = "Authorization";
    static final String X_ON_BEHALF_OF = Options.ON_BEHALF_OF.header();

    private ZendeskAuthConstants() {}
}
