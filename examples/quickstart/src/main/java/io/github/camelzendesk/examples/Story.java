package io.github.camelzendesk.examples;

import java.util.Map;
import java.util.Optional;

import io.github.camelzendesk.auth.login.Browser;

/** What the quickstart shows, step by step, on the stand-in or on an account. For one thread, once. */
final class Story {
    private final Map<String, String> options;
    private final Browser browser;
    private final StandIn standIn;
    private final Narrator narrator;
    private final KnownOptions known = KnownOptions.ofTheComponent();

    /** @param standIn null on a real account */
    Story(Map<String, String> options, Browser browser, StandIn standIn, Narrator narrator) {
        this.options = options;
        this.browser = browser;
        this.standIn = standIn;
        this.narrator = narrator;
    }

    void tell() throws Exception {
        Map<String, Object> before;
        try (Application application = Application.start(options, known, browser)) {
            firstCall(application);
            secondCall(application);
            if (isRenewable(application)) {
                rotate(application);
                watchATokenDie(application);
            } else {
                narrator.step("What is skipped here");
                narrator.say("authScheme " + application.status().get("authScheme")
                        + " sends what is configured: there is no token to refresh, and nothing to store.");
            }
            settingsFile(application);
            before = application.status();
        }
        if (before.containsKey("generation")) {
            restart(before);
        }
        end();
    }

    private void firstCall(Application application) throws Exception {
        Map<String, Object> status = application.status();
        narrator.step("The first call");
        narrator.say(
                "The route is: zendesk-auth:quickstart, then Zendesk's tickets by camel-http, then Authorization off.");
        narrator.say(
                switch (String.valueOf(status.get("state"))) {
                    case "NO_GRANT" ->
                        "Nothing is stored, so a grant is obtained first: from the options, or by a login.";
                    case "NO_TOKEN" -> "Nothing is stored, so the OAuth client asks for a token first.";
                    default -> "Authorization comes from the options, or from what an earlier run has stored.";
                });
        narrator.tickets(application.tickets());
        narrator.status(application.status());
    }

    private void secondCall(Application application) throws Exception {
        narrator.step("The second call");
        narrator.tickets(application.tickets());
        narrator.say("Authorization came from memory. " + tokenRequests());
    }

    private void rotate(Application application) throws Exception {
        narrator.step("A refresh, by hand (operation=refresh)");
        if (standIn != null) {
            standIn.issueShortLivedTokens();
        }
        Optional<String> old = currentToken(application);
        narrator.status(application.status());
        narrator.status(application.refresh());
        narrator.say("Zendesk deletes the old access token and the old refresh token with every refresh.");
        narrator.say("So the new pair was on disk before anybody used it, and only one caller may ever refresh.");
        old.ifPresent(
                token -> narrator.say("The old token, tried past Camel: answer " + standIn.answerTo(token) + "."));
        narrator.say("The route goes on with the new one:");
        narrator.tickets(application.tickets());
    }

    private void watchATokenDie(Application application) throws Exception {
        if (standIn == null) {
            narrator.step("A token dies by time");
            narrator.say("Skipped: a token of Zendesk's lives for 5 minutes at least. Watch it on the stand-in, by"
                    + " running this without ZENDESK_URL.");
            return;
        }
        new DyingToken(application, standIn, narrator).tell();
    }

    private void settingsFile(Application application) throws Exception {
        Map<String, Object> status = application.status();
        Optional<SettingsFile> file = SettingsFile.of(status);
        if (file.isEmpty()) {
            return;
        }
        narrator.step("The settings file");
        narrator.say("Path: " + file.get().path());
        narrator.say("Permissions: " + file.get().permissions() + " (with wider ones it would be refused)");
        file.get().members().forEach(member -> narrator.say("  " + member));
        narrator.say("The refresh token in it exists nowhere else: losing it means that a person logs in again.");
    }

    private void restart(Map<String, Object> before) throws Exception {
        narrator.step("The application stops and starts again");
        int requests = standIn == null ? 0 : standIn.tokenRequests();
        try (Application application = Application.start(options, known, browser)) {
            narrator.tickets(application.tickets());
            narrator.say("Generation " + before.get("generation") + " before, "
                    + application.status().get("generation") + " after: the settings survived, nobody logged in.");
        }
        if (standIn != null) {
            narrator.say("Token requests since the restart: " + (standIn.tokenRequests() - requests) + ".");
        }
    }

    private void end() {
        narrator.step("The end");
        if (standIn != null) {
            narrator.say(tokenRequests() + " Reuses of a spent refresh token: " + standIn.reuses() + ".");
        }
        narrator.say("Next: docs/guide.adoc has each way in, from Zendesk's Admin Center to the route.");
    }

    private String tokenRequests() {
        return standIn == null ? "" : "Token requests so far: " + standIn.tokenRequests() + ".";
    }

    private Optional<String> currentToken(Application application) throws Exception {
        Optional<SettingsFile> file = SettingsFile.of(application.status());
        return standIn == null || file.isEmpty()
                ? Optional.empty()
                : Optional.of(file.get().accessToken());
    }

    /** Client credentials need no refresh token; a grant without one cannot be renewed. */
    private static boolean isRenewable(Application application) {
        Map<String, Object> status = application.status();
        return "OAuthClient".equals(status.get("authScheme")) || Boolean.TRUE.equals(status.get("refreshable"));
    }
}
