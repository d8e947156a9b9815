package io.github.camelzendesk.auth.cli.internal.doctor;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.doctor.Probe.Reply;

/** Whether Zendesk is reached, whether it is the account's own name, and what time it is there. For one thread. */
final class NetworkChecks {
    private static final String DOMAIN = ".zendesk.com";
    private static final Duration SMALL_SKEW = Duration.ofSeconds(30);
    private static final Duration LARGE_SKEW = Duration.ofMinutes(5);
    private static final String SYNCHRONISE =
            "Have this machine keep time with NTP. After a suspend of a virtual machine or of WSL, restart that.";
    /** The date is cut to a second. */
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final URI account;
    private final Probe probe;
    private final Map<String, String> environment;
    private @Nullable Reply reply;

    NetworkChecks(String account, Probe probe, Map<String, String> environment) {
        this.account = URI.create(account);
        this.probe = probe;
        this.environment = environment;
    }

    boolean isReached() {
        return reply != null;
    }

    static Finding unreached() {
        return Finding.notChecked("Zendesk was not reached", "Correct first what 'network' says.");
    }

    /** Host mapping does not work for OAuth, which knows the account by its own name only. */
    Finding url() {
        String host = account.getHost();
        if (host.endsWith(DOMAIN)) {
            return Finding.ok(account.toString());
        }
        return "http".equals(account.getScheme()) || host.equals("localhost")
                ? Finding.ok(account + ", a server on this machine")
                : Finding.warn(
                        account + " is not below zendesk.com, and Zendesk issues tokens there only",
                        "Set url to https://{subdomain}.zendesk.com, where Admin Center is opened too, even if the help"
                                + " center has a name of its own.");
    }

    /** Comes before the other two. */
    Finding network() {
        Proxy proxy = probe.proxy(account);
        try {
            Reply answer = probe.get(account + "/api/v2/users/me.json");
            reply = answer;
            return answered(answer, proxy);
        } catch (IOException e) {
            return new NetworkTrouble(account, proxy, ignoredVariable(proxy)).finding(e);
        }
    }

    private Finding answered(Reply answer, Proxy proxy) {
        String seen = account.getHost() + " answers " + answer.status() + " in "
                + answer.took().toMillis() + " ms, "
                + (answer.tls() == null ? "without TLS" : answer.tls())
                + (proxy.type() == Proxy.Type.DIRECT ? "" : ", through the proxy " + NetworkTrouble.shown(proxy));
        if (answer.status() == 404) {
            return Finding.fail(seen, "There may be no such account: check the subdomain in url.");
        }
        if (answer.status() == 403) {
            return Finding.warn(
                    seen,
                    "The account may allow some addresses only, or a proxy refuses: ask an administrator of either.");
        }
        return answer.status() == 429 || answer.status() >= 500
                ? Finding.warn(seen, "Zendesk is busy or in maintenance: try again, and see its status page.")
                : Finding.ok(seen);
    }

    /** A variable that other programs go by, and Java does not. */
    private @Nullable String ignoredVariable(Proxy proxy) {
        return proxy.type() != Proxy.Type.DIRECT
                ? null
                : Stream.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
                        .filter(name -> !environment.getOrDefault(name, "").isBlank())
                        .findFirst()
                        .orElse(null);
    }

    Finding host() {
        if (reply == null) {
            return unreached();
        }
        URI location = reply.location();
        String other = location == null ? null : location.getHost();
        if (other == null || other.equalsIgnoreCase(account.getHost())) {
            return Finding.ok(account.getHost() + " does not redirect to another host");
        }
        return Finding.fail(
                account.getHost() + " redirects to " + other + ", so it is not the account's own name",
                other.endsWith(DOMAIN) && !other.startsWith("www.")
                        ? "Set url to https://" + other + ", and log in again."
                        : "Set url to https://{subdomain}.zendesk.com as Admin Center is opened at: no host-mapped name, and"
                                + " no page of a sign-in service.");
    }

    Finding clock() {
        if (reply == null) {
            return unreached();
        }
        if (reply.date() == null) {
            return Finding.notChecked("the answer had no Date", "Compare the clock with another: 'date -u'.");
        }
        Duration skew = Duration.between(reply.middle(), reply.date().plus(HALF_A_SECOND));
        String seen = "the clock here is " + skew.abs().toSeconds() + " s " + (skew.isNegative() ? "ahead" : "behind");
        if (skew.abs().compareTo(LARGE_SKEW) > 0) {
            return Finding.fail(seen, SYNCHRONISE);
        }
        return skew.abs().compareTo(SMALL_SKEW) > 0 ? Finding.warn(seen, SYNCHRONISE) : Finding.ok(seen);
    }
}
