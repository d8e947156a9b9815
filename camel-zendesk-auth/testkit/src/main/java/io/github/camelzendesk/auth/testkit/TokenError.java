package io.github.camelzendesk.auth.testkit;

/** A refusal of the token endpoint. Immutable. */
final class TokenError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    private TokenError(int status, String error, String description) {
        super(description);
        this.status = status;
        this.error = error;
    }

    /** 401, although the status was inferred only: a client had better go by the code. */
    static TokenError client() {
        return new TokenError(401, "invalid_client", "Client authentication failed.");
    }

    static TokenError grant() {
        return new TokenError(400, "invalid_grant", "The provided authorization grant is invalid, expired or revoked.");
    }

    static TokenError grantType() {
        return new TokenError(400, "unsupported_grant_type", "The authorization grant type is not supported.");
    }

    static TokenError clientKind() {
        return new TokenError(400, "unauthorized_client", "The client may not use this grant type.");
    }

    static TokenError scope() {
        return new TokenError(400, "invalid_scope", "The requested scope exceeds what the client is allowed.");
    }

    /** 422, although nobody has reported which status it is. */
    static TokenError lifetime(String parameter) {
        return new TokenError(422, "invalid_request", parameter + " is out of range.");
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
