package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.List;
import java.util.Locale;

import io.github.camelzendesk.auth.options.AuthScheme;

/** What a connection can go to (RFC 6749 sections 4.4 and 4.1). */
public enum Grant {
    /** The client acts for itself. */
    CLIENT_CREDENTIALS(AuthScheme.OAuthClient),
    /** A person logs in. */
    AUTHORIZATION_CODE(AuthScheme.OAuth);

    private final AuthScheme scheme;

    Grant(AuthScheme scheme) {
        this.scheme = scheme;
    }

    AuthScheme scheme() {
        return scheme;
    }

    /** How the two differ. */
    public static List<String> explanation() {
        return List.of(
                "client-credentials: the program acts as the person who created the OAuth client, with that person's role."
                        + " Nobody logs in, there is no refresh token: the program obtains a new token when one ends.",
                "authorization-code: the program acts as the person who logs in once, in a browser. The login is renewed"
                        + " by itself, and ends when it is not used for as long as its refresh token lasts (30 days).",
                "For servers and jobs take client-credentials, for what is to be done under a person's name"
                        + " authorization-code.");
    }

    /** What to do in Admin Center, as an administrator. */
    public List<String> clicks(String callbackUrl) {
        boolean person = this == AUTHORIZATION_CODE;
        return List.of(
                "In Admin Center: Apps and integrations > APIs > OAuth clients > Add OAuth client"
                        + (person ? "." : ", logged in as the user that the program is to act as."),
                "  Identifier: a name of your choice, such as nightly-export. It becomes oauthClientId.",
                "  Client kind: Confidential" + (person ? ", or Public for a program on people's own machines." : "."),
                "  Redirect URLs: " + callbackUrl + (person ? "" : " (not used, where the form asks for one)."),
                "  Save, and copy the secret now: it is shown once.");
    }

    /** As it is written among arguments. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
