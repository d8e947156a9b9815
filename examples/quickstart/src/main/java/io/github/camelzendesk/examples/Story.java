package io.github.camelzendesk.examples;

import java.util.Map;
import java.util.Optional;

import io.github.camelzendesk.auth.login.Browser;
import io.github.camelzendesk.auth.options.ConnectionOptions;

/** What the quickstart shows, step by step, on the stand-in or on an account. For one thread, once. */
final class Story {
    private final ConnectionOptions options;
    private final Browser browser;
    private final StandIn standIn;
    private final Narrator narrator;

    /** @param standIn null on a real account */
    Story(ConnectionOptions options, Browser browser, StandIn standIn, Narrator narrator) {
        this.options = options;
        this.browser = browser;
        this.standIn = standIn;
        this.narrator = narrator;
    }

    void tell() throws Exception {
        Map<String, Object> status;
        try (Application application = start()) {
            firstCall(application);
            secondCall(application);
            status = application.status();
            if (isRenewable(status)) {
                refreshByHand(application);
            }
            if (standIn != null) {
                new DyingToken(standIn, narrator).renewedAhead(application);
            }
        }
        if (isRenewable(status)) {
            expiryAndRestart();
        } else {
            skipped(status);
        }
        end();
    }

    private void expiryAndRestart() throws Exception {
        if (standIn == null) {
            narrator.step("A token dies by time");
            narrator.say(
                    "Skipped: Zendesk's tokens live for 5 minutes at least. Without ZENDESK_URL you can watch one.");
        } else {
            new DyingToken(standIn, narrator).deadByTime(this::start);
        }
        restart();
    }

    private Application start() throws Exception {
        return Application.start(options, browser);
    }

    private void firstCall(Application application) throws Exception {
        Map<String, Object> status = application.status();
        narrator.step("The first call");
        narrator.say(
                "The route is: zendesk-auth:quickstart, then Zendesk's tickets by camel-http, then Authorization off.");
        narrator.say(
                switch (String.valueOf(status.get("state"))) {
                    case "AUTHORIZATION_REQUIRED" ->
                        "NO_GRANT".equals(status.get("authorizationRequired"))
                                ? "Nothing is stored, so a grant is obtained first, by a login."
                                : "The stored grant has ended, so another login is needed.";
                    case "IDLE" ->
                        status.containsKey("obtainedAt")
                                ? "The token that an earlier run stored has expired, so it is renewed first."
                                : "Nothing is stored, so a token is obtained first.";
                    default -> "Authorization comes from the options, or from what an earlier run has stored.";
                });
        narrator.tickets(application.tickets());
        narrator.status("Status", application.status());
    }

    private void secondCall(Application application) throws Exception {
        narrator.step("The second call");
        narrator.tickets(application.tickets());
        narrator.say("Authorization came from memory. " + tokenRequests());
    }

    private void refreshByHand(Application application) throws Exception {
        narrator.step("A refresh by hand (operation=refresh)");
        if (standIn != null) {
            standIn.issueShortLivedTokens();
        }
        Map<String, Object> before = application.status();
        Optional<String> old = standIn == null ? Optional.empty() : Optional.of(standIn.storedToken());
        narrator.status("Before", before);
        narrator.status("After ", application.refresh());
        if (hasLogin(before)) {
            narrator.say("Zendesk deletes the old access token and the old refresh token with every refresh.");
            narrator.say("So the new pair was stored before anybody used it, and two callers never refresh at once.");
        } else {
            narrator.say("There is no refresh token here that could be lost: the OAuth client asks for another token.");
        }
        old.ifPresent(token -> narrator.say(standIn.tried(token)));
        narrator.say("The route goes on with the new one:");
        narrator.tickets(application.tickets());
    }

    private void restart() throws Exception {
        Map<String, Object> before;
        try (Application application = start()) {
            before = application.status();
            settingsFile(before);
        }
        narrator.step("The application is stopped and started again");
        int requests = standIn == null ? 0 : standIn.tokenRequests();
        try (Application application = start()) {
            narrator.tickets(application.tickets());
            narrator.status("Before", before);
            narrator.status("After ", application.status());
        }
        if (standIn != null) {
            narrator.say("Token requests since the start: " + (standIn.tokenRequests() - requests)
                    + ". The settings file was enough, so nobody had to log in.");
        }
    }

    private void settingsFile(Map<String, Object> status) throws Exception {
        narrator.step("What is kept (oauthSettingsLocation)");
        Optional<SettingsFile> file = SettingsFile.of(status);
        if (file.isEmpty()) {
            narrator.say("Not in a file, but in " + status.get("settingsLocation"));
            return;
        }
        narrator.say("Path: " + file.get().path());
        narrator.say("Permissions: " + file.get().permissions() + ". One that others may read is refused.");
        for (String member : file.get().members()) {
            narrator.say("    " + member);
        }
        narrator.say(
                hasLogin(status)
                        ? "Zendesk accepts this refresh token and no older one: if the file is lost, a person must log in again."
                        : "If this file is lost, nothing is lost: the OAuth client asks for another token.");
    }

    private void skipped(Map<String, Object> status) {
        narrator.step("Refresh, expiry and restart");
        narrator.say(
                hasLogin(status) && status.containsKey("generation")
                        ? "Skipped: Zendesk gave no refresh token, so this grant ends with its access token."
                        : "Skipped: these options are used as they are. There is nothing to refresh and nothing to keep.");
        narrator.say("To see it, log in with an OAuth client, or run this without ZENDESK_URL.");
    }

    private void end() {
        narrator.step("The end");
        if (standIn != null) {
            narrator.say(tokenRequests() + " Reuses of a spent refresh token: " + standIn.reuses() + ".");
        }
        narrator.say("Next: docs/index.adoc is the map, docs/guide.adoc describes each kind of login.");
    }

    private String tokenRequests() {
        return standIn == null ? "" : "Token requests so far: " + standIn.tokenRequests() + ".";
    }

    private static boolean hasLogin(Map<String, Object> status) {
        return "OAuth".equals(status.get("authScheme"));
    }

    /** Client credentials are asked for again; a grant needs a refresh token. */
    private static boolean isRenewable(Map<String, Object> status) {
        return "OAuthClient".equals(status.get("authScheme")) || Boolean.TRUE.equals(status.get("refreshable"));
    }
}
