package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A refusal of an API call. Immutable. */
final class ApiRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private ApiRefusal(Answer answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    static ApiRefusal missingScope(String scope) {
        return new ApiRefusal(Answer.json(403, Json.map(ApiFault.missingScope(scope))));
    }

    /** A thing that is not there, or no longer. */
    static ApiRefusal noRecord() {
        return refused(404, "RecordNotFound", "Not found");
    }

    /** A path or a method that the stand-in does not have. */
    static ApiRefusal unknownPath() {
        return refused(404, "InvalidEndpoint", "Not found");
    }

    boolean isUnknownPath() {
        return answer.body().contains("\"InvalidEndpoint\"");
    }

    /** A thing that lacks what it must have. */
    static ApiRefusal invalid(String why) {
        return new ApiRefusal(Answer.json(
                422,
                Map.of(
                        "error", "RecordInvalid",
                        "description", "Record validation errors",
                        "details", Map.of("base", List.of(Map.of("error", "BlankValue", "description", why))))));
    }

    static ApiRefusal refused(int status, String error, String description) {
        return new ApiRefusal(Answer.json(status, Map.of("error", error, "description", description)));
    }

    static ApiRefusal pagination(String code, String title) {
        return new ApiRefusal(Answer.json(400, Map.of("errors", List.of(Map.of("code", code, "title", title)))));
    }

    static ApiRefusal throttled(Duration retryAfter) {
        return new ApiRefusal(ApiFault.throttled(retryAfter).answer());
    }

    Answer answer() {
        return answer;
    }
}
