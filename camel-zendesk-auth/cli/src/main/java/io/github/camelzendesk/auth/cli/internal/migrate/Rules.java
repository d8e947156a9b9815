package io.github.camelzendesk.auth.cli.internal.migrate;

import java.util.List;

import static io.github.camelzendesk.auth.cli.internal.migrate.Kind.API_TOKEN;
import static io.github.camelzendesk.auth.cli.internal.migrate.Kind.BASIC;
import static io.github.camelzendesk.auth.cli.internal.migrate.Kind.PASSWORD;
import static io.github.camelzendesk.auth.cli.internal.migrate.Rule.Where.AFTER;
import static io.github.camelzendesk.auth.cli.internal.migrate.Rule.Where.ANYWHERE;
import static io.github.camelzendesk.auth.cli.internal.migrate.Rule.Where.FILE;
import static io.github.camelzendesk.auth.cli.internal.migrate.Rule.Where.GROUP;
import static io.github.camelzendesk.auth.cli.internal.migrate.Rule.Where.NEAR;

/** All that the scan looks for, beside Basic headers, which it decodes. Constants. */
final class Rules {
    /** What may stand around a part of a key. */
    private static final String KEY = "[\\w.\\[\\]-]*";

    private static final String BEGIN = "(?<![\\w.\\]-])";
    /** After a key: a value, or the end of what refers to it. */
    private static final String USED = "(?:[\"']?\\s*[=:]\\s*(?![\"']{2}\\s*,?\\s*$)[^\\s,]|[\"']\\s+value="
            + "|[\"']?\\s*(?:[,);\\]]|$)|(?::[^{}=]*)?})";
    /** What the tokens of other uses have in their names. */
    private static final String NO_OTHER_TOKEN = "(?!" + KEY
            + "(?:oauth|access|refresh|bearer|csrf|page|chat|sell|webhook|jwt|sso|push|device|(?<![a-z])id[_-])" + KEY
            + "token)";
    /** The same of passwords. */
    private static final String NO_OTHER_PASSWORD = "(?!" + KEY
            + "(?:proxy|key-?store|trust-?store|data-?source|database|jdbc|db[._-]|ssl|smtp|mail|redis|kafka)" + KEY
            + "(?:password|passwd|pwd))";

    static final List<Rule> ALL = List.of(
            Rule.of(
                    API_TOKEN,
                    GROUP,
                    "^" + NO_OTHER_TOKEN + key("(?<![a-z0-9])(?:api[._-]?(?:token|key)|token)") + "=\\s*\\S"),
            Rule.of(
                    PASSWORD,
                    GROUP,
                    "^" + NO_OTHER_PASSWORD + key("(?<![a-z0-9])(?:password|passwd|pwd)") + "=\\s*\\S"),
            Rule.of(API_TOKEN, GROUP, "^" + key("auth-?scheme") + "=\\s*[\"']?APIToken\\b"),
            Rule.of(BASIC, GROUP, "^" + key("auth-?scheme") + "=\\s*[\"']?Basic\\b"),
            Rule.of(
                    API_TOKEN,
                    ANYWHERE,
                    BEGIN + key("zendesk" + KEY + "?api[._-]?(?:token|key)") + "(?![\\w-])(?!\\s*[=:]"
                            + "\\s*(?:\"\"|'')?\\s*$)"),
            Rule.of(API_TOKEN, ANYWHERE, BEGIN + NO_OTHER_TOKEN + key("zendesk(?:" + KEY + "?[._-])?token") + USED),
            Rule.of(
                    PASSWORD,
                    ANYWHERE,
                    BEGIN + NO_OTHER_PASSWORD + key("zendesk(?:" + KEY + "?[._-])?(?:password|passwd|pwd)") + USED),
            Rule.of(API_TOKEN, ANYWHERE, uri("apiToken|api-token|token")),
            Rule.of(PASSWORD, ANYWHERE, uri("password")),
            Rule.of(API_TOKEN, AFTER, "[?&](?:amp;)?(?<name>apiToken|api-token|token)=[^&;\\s]"),
            Rule.of(PASSWORD, AFTER, "[?&](?:amp;)?(?<name>password)=[^&;\\s]"),
            Rule.of(API_TOKEN, AFTER, "\\.(?<name>setToken|setApiToken)\\("),
            Rule.of(PASSWORD, AFTER, "\\.(?<name>setPassword)\\("),
            Rule.of(API_TOKEN, NEAR, "\\b(?<name>setApiToken)\\("),
            Rule.of(API_TOKEN, ANYWHERE, "\\b(?<name>Options\\.API_TOKEN)\\b"),
            Rule.of(API_TOKEN, ANYWHERE, "[^\\s\"'@:;,=&]+(?:@|%40)[\\w.-]+\\.\\w+(?<name>(?:/|%2F)token)(?![\\w/])"),
            Rule.of(API_TOKEN, ANYWHERE, "(?:[\"'})]|%s|\\$\\w+)(?<name>/token:)"),
            Rule.of(API_TOKEN, NEAR, "^(?!.*oauth).*(?:\\+\\s*|concat\\(|append\\()[\"'](?<name>/token)[\"']"),
            Rule.of(
                    API_TOKEN,
                    FILE,
                    "(?:[\"'](?:%s|\\$?\\{\\w*})|(?:e-?mail|user|user_?name|login|agent)\\)?\\s*[+.]\\s*[\"'])"
                            + "(?<name>/token)[\"']"),
            Rule.of(BASIC, NEAR, "(?<name>authPassword)[\"']?\\s*[=:]\\s*[^\\s&]"),
            Rule.of(
                    BASIC,
                    NEAR,
                    "\\b(?<name>basicAuth|setBasicAuth|Credentials\\.basic|UsernamePasswordCredentials"
                            + "|basicAuthentication|BasicAuthenticationInterceptor)\\("));

    private Rules() {}

    private static String key(String end) {
        return "(?<name>" + KEY + "?" + end + ")";
    }

    private static String uri(String parameters) {
        return "zendesk(?:-auth)?:[^\\s\"'<>]*?[?&;](?<name>" + parameters + ")=[^&;\\s]";
    }
}
