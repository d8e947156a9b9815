package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/** The faults that a {@link Control} command can name. Stateless. */
final class Faults {
    private static final Duration SHORT = Duration.ofSeconds(5);

    static final Map<String, Function<Parameters, TokenFault>> TOKEN = Map.ofEntries(
            Map.entry("drop_before_commit", with -> TokenFault.dropBeforeCommit()),
            Map.entry("drop_after_commit", with -> TokenFault.dropAfterCommit()),
            Map.entry("delay", with -> TokenFault.delay(with.seconds("seconds", SHORT))),
            Map.entry("drip", with -> TokenFault.drip(with.seconds("seconds", SHORT))),
            Map.entry("hang", with -> TokenFault.hang()),
            Map.entry("garbage", with -> TokenFault.garbage()),
            Map.entry("huge", with -> TokenFault.huge()),
            Map.entry("truncated", with -> TokenFault.truncated()),
            Map.entry("empty", with -> TokenFault.emptyOk()),
            Map.entry("redirect", with -> TokenFault.redirect(with.number("status", 302), with.text("location"))),
            Map.entry("status", with -> TokenFault.status(with.number("status", 500))),
            Map.entry("error", with -> TokenFault.error(with.number("status", 400), with.text("error"))),
            Map.entry("throttled", with -> TokenFault.throttled(with.seconds("seconds", SHORT))),
            Map.entry("unavailable", with -> TokenFault.unavailable(with.text("seconds", "5"))),
            Map.entry("missing", with -> TokenFault.missing(with.words("member", "expires_in"))),
            Map.entry("with", with -> TokenFault.with(with.text("member"), with.text("value"))));

    static final Map<String, Function<Parameters, ApiFault>> API = Map.of(
            "invalid_token", with -> ApiFault.invalidToken(),
            "forbidden", with -> ApiFault.forbidden(),
            "forbidden_empty", with -> ApiFault.forbiddenEmpty(),
            "forbidden_object", with -> ApiFault.forbiddenObject(),
            "throttled", with -> ApiFault.throttled(with.seconds("seconds", SHORT)),
            "unavailable", with -> ApiFault.unavailable(with.seconds("seconds", SHORT)),
            "redirect", with -> ApiFault.redirect(with.text("location")),
            "drop", with -> ApiFault.dropped(),
            "delay", with -> ApiFault.delay(with.seconds("seconds", SHORT)));

    private Faults() {}
}
