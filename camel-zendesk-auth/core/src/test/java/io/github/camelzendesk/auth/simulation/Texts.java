package io.github.camelzendesk.auth.simulation;

import java.util.Optional;

import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;

/** How the steps of a history read. The tokens are simulated, so they may be shown. */
final class Texts {
    private Texts() {}

    static String of(TokenRequest request) {
        if (request instanceof TokenRequest.Refresh refresh) {
            return "refresh " + refresh.refreshToken().reveal();
        }
        if (request instanceof TokenRequest.Code code) {
            return "code " + code.code().code().reveal();
        }
        return request.grantType();
    }

    static String of(TokenRequestOutcome outcome) {
        if (outcome instanceof TokenRequestOutcome.Granted granted) {
            return granted.response().accessToken().reveal()
                    + (granted.response().refreshToken() == null
                            ? ""
                            : " and " + granted.response().refreshToken().reveal());
        }
        return outcome instanceof TokenRequestOutcome.Rejected rejected ? rejected.error() : outcome.name();
    }

    static String of(Optional<OAuthSettings> stored) {
        return stored.map(Texts::of).orElse("nothing");
    }

    static String of(OAuthSettings settings) {
        return "generation " + settings.generation() + " of '" + settings.lineage() + "' with "
                + (settings.tokens() == null ? "no tokens" : token(settings))
                + (settings.pending() == null
                        ? ""
                        : settings.pending().mayTake().isZero() ? ", noted (over)" : ", noted")
                + (settings.ended() == null ? "" : ", ended " + settings.ended().reason())
                + (settings.backoff() == null ? "" : ", held back");
    }

    private static String token(OAuthSettings settings) {
        return settings.refreshToken() == null
                ? settings.tokens().accessToken().reveal()
                : settings.refreshToken().reveal();
    }
}
