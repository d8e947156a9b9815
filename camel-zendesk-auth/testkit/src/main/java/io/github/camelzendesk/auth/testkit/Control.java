package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.testkit.RegisteredClient.Authentication;

/**
 * What the stand-in as a process is told, by arguments or at its control address: the same commands with the same
 * parameters. As safe for threads as the stand-in.
 */
final class Control {
    private static final Map<String, Authentication> AUTHENTICATION =
            Map.of("confidential", Authentication.CONFIDENTIAL, "public", Authentication.PUBLIC);
    private static final Map<String, TokenTerms> TERMS =
            Map.of("today", TokenTerms.today(), "legacy", TokenTerms.legacy(), "global", TokenTerms.global());
    private static final Map<String, Boolean> PLACES = Map.of("api", true, "token", false);

    private final ZendeskServer zendesk;
    private final Map<String, Function<Parameters, Map<String, @Nullable Object>>> commands = new TreeMap<>(Map.of(
            "client", this::client,
            "user", this::user,
            "token", this::token,
            "revoke", this::revoke,
            "ticket", this::ticket,
            "fault", this::fault,
            "clock", this::clock,
            "set", this::set,
            "seen", this::seen,
            "reset", this::reset));

    Control(ZendeskServer zendesk) {
        this.zendesk = zendesk;
    }

    /** Carries out a command, and returns what is to be shown for it. */
    Map<String, @Nullable Object> run(String command, String form) {
        Function<Parameters, Map<String, @Nullable Object>> known = commands.get(command);
        if (known == null) {
            throw new IllegalArgumentException(
                    "There is no such command: use " + String.join(", ", commands.keySet()) + ".");
        }
        return known.apply(new Parameters(command, form));
    }

    /** Carries out a command of the arguments, and returns the line that tells of it. */
    String done(Arguments.Command command) {
        return command.name() + " " + Json.write(run(command.name(), command.form()));
    }

    private Map<String, @Nullable Object> client(Parameters parameters) {
        Parameters with = parameters.of("identifier secret authentication terms grants access_lifetime refresh_lifetime"
                + " rotates redirect_uri scopes");
        RegisteredClient client = RegisteredClient.confidential(
                        with.text("identifier"), with.words("redirect_uri", "http://localhost:33333"))
                .provenBy(with.choice("authentication", AUTHENTICATION, "confidential"))
                .on(terms(with));
        client = with.has("scopes") ? client.limitedTo(Set.of(with.words("scopes", ""))) : client;
        client = with.has("secret") ? client.withSecret(with.text("secret")) : client;
        zendesk.register(client);
        return Json.members("client_id", client.identifier(), "client_secret", client.secret());
    }

    private static TokenTerms terms(Parameters with) {
        TokenTerms preset = with.choice("terms", TERMS, "today");
        TokenTerms terms = preset.withGrants(with.words("grants", String.join(" ", preset.grants())))
                .withLifetimes(
                        with.seconds("access_lifetime", preset.access()),
                        with.seconds("refresh_lifetime", preset.refresh()));
        return with.flag("rotates", true) ? terms : terms.withoutRotation();
    }

    private Map<String, @Nullable Object> user(Parameters parameters) {
        Parameters with = parameters.of("email password");
        String email = with.text("email");
        String password = with.has("password")
                ? zendesk.addUser(email, IssuedSecrets.register(with.text("password")))
                : zendesk.addUser(email);
        return Json.members("email", email, "password", password, "api_token", zendesk.apiToken(email));
    }

    private Map<String, @Nullable Object> token(Parameters parameters) {
        Parameters with = parameters.of("client scope");
        RegisteredClient client = zendesk.client(with.text("client"));
        if (client == null) {
            throw with.refused("knows no such client", "register it by the command client");
        }
        IssuedTokens pair = zendesk.issue(client, with.text("scope", "read write"));
        return Json.members("access_token", pair.accessToken(), "refresh_token", pair.refreshToken());
    }

    private Map<String, @Nullable Object> revoke(Parameters with) {
        zendesk.revoke(with.of("access_token").text("access_token"));
        return Json.members();
    }

    private Map<String, @Nullable Object> ticket(Parameters parameters) {
        Parameters with = parameters.of("subject times");
        long last = 0;
        for (int i = 0; i < with.number("times", 1); i++) {
            last = zendesk.createTicket(with.text("subject"));
        }
        return Json.members("id", last);
    }

    private Map<String, @Nullable Object> fault(Parameters parameters) {
        Parameters with = parameters.of("on kind times seconds status error location member value");
        int times = with.number("times", 1);
        if (with.choice("on", PLACES, "token")) {
            ApiFault fault = with.choice("kind", Faults.API, "").apply(with);
            zendesk.nextApiRequest(Collections.nCopies(times, fault).toArray(ApiFault[]::new));
        } else {
            TokenFault fault = with.choice("kind", Faults.TOKEN, "").apply(with);
            zendesk.nextTokenRequest(Collections.nCopies(times, fault).toArray(TokenFault[]::new));
        }
        return Json.members();
    }

    private Map<String, @Nullable Object> clock(Parameters with) {
        zendesk.advance(with.of("advance").seconds("advance", Duration.ZERO));
        return Json.members("now", zendesk.now().toString());
    }

    private Map<String, @Nullable Object> set(Parameters parameters) {
        Parameters with = parameters.of(
                "access_lifetime jwt success_status echo_state answer_anything anonymous_requests export_delay export_limit");
        with.ifSeconds("access_lifetime", zendesk::accessTokenLifetime);
        with.ifFlag("jwt", zendesk::jwtAccessTokens);
        with.ifNumber("success_status", zendesk::successStatus);
        with.ifFlag("echo_state", zendesk::echoStateOnDeny);
        with.ifFlag("answer_anything", zendesk::answerAnything);
        with.ifFlag("anonymous_requests", zendesk::anonymousRequests);
        with.ifNumber("export_delay", seconds -> zendesk.exportDelay(Duration.ofSeconds(seconds)));
        with.ifNumber("export_limit", zendesk::exportLimit);
        return Json.members();
    }

    /** Without secrets: neither headers nor parameters. */
    private Map<String, @Nullable Object> seen(Parameters with) {
        with.of("");
        return Json.members(
                "token_requests",
                zendesk.tokenRequests().stream()
                        .map(TokenRequestSeen::grantType)
                        .toList(),
                "api_requests",
                zendesk.apiRequests().stream().map(Control::line).toList(),
                "rotations",
                zendesk.rotationCount(),
                "reuses",
                zendesk.refreshTokenReuseCount());
    }

    private static String line(ApiRequestSeen seen) {
        return seen.method() + " " + seen.path() + " " + seen.status();
    }

    private Map<String, @Nullable Object> reset(Parameters with) {
        with.of("");
        zendesk.reset();
        return Json.members();
    }
}
