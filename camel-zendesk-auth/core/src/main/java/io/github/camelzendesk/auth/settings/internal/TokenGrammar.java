package io.github.camelzendesk.auth.settings.internal;

import java.util.regex.Pattern;

/**
 * The grammar of tokens. Stateless. An access token that does not match could split a header; a refresh token is sent
 * in a form, which can carry any text.
 */
public final class TokenGrammar {
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");
    private static final Pattern VSCHARS = Pattern.compile("[\\x21-\\x7e]+");

    private TokenGrammar() {}

    /** {@code b64token} of RFC 6750 section 2.1. */
    public static boolean isAccessToken(String value) {
        return B64TOKEN.matcher(value).matches();
    }

    /** {@code refresh-token} of RFC 6749 appendix A.17, less the space. */
    public static boolean isRefreshToken(String value) {
        return VSCHARS.matcher(value).matches();
    }
}
