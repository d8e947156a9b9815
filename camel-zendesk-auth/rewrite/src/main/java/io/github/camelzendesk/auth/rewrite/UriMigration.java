package io.github.camelzendesk.auth.rewrite;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Decides what becomes of a URI: the one place that knows the options of camel-http, camel-zendesk and zendesk-auth. Immutable. */
record UriMigration(Accounts accounts, @Nullable Connection component, Set<String> takenNames) {
    /** The options of camel-http that Basic credentials need, and nothing else does. */
    static final Set<String> HTTP =
            Set.of("authMethod", "authUsername", "authPassword", "authDomain", "authHost", "authenticationPreemptive");

    static final Set<String> HTTP_CLIENTS = Set.of(HandOver.Configurer.OPTION, "httpClient", "oauth2ClientId");
    static final Set<String> ZENDESK = Set.of("username", "password", "token", "serverUrl");
    static final Set<String> OWN = Set.of("url", "user", "apiToken", "password", "authScheme");
    static final Set<String> OWN_OAUTH =
            Set.of("oauthClientId", "oauthClientSecret", "oauthAccessToken", "oauthRefreshToken", "initiateOAuth");
    static final Set<String> OWN_SECRETS = Set.of("apiToken", "password");
    static final Set<String> OWN_SCHEMES = Set.of("basic", "apitoken");

    /** What the URI of a named connection may set. */
    static final Set<String> OWN_OF_URIS = Set.of(
            "operation",
            "onBehalfOf",
            "verifyOnStart",
            "lazyStartProducer",
            "marketplaceName",
            "marketplaceOrganizationId",
            "marketplaceAppId",
            "marketplaceBotId");

    private static final Set<String> SENT = Set.of("authUsername", "authPassword");
    private static final Pattern AGENT_WITH_TOKEN = Pattern.compile("(?i).*(/|%2F)token\\)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");
    private static final Pattern METHOD = Pattern.compile("(?:default/)?([a-z]+[A-Z][a-zA-Z]*)");

    UriMigration(Accounts accounts, @Nullable Connection component) {
        this(accounts, component, Set.of());
    }

    /** Where other beans have these names. */
    UriMigration among(Set<String> names) {
        return new UriMigration(accounts, component, names);
    }

    Outcome of(CamelUri uri) {
        return switch (uri.scheme()) {
            case "http", "https" -> ofHttp(uri);
            case "zendesk" -> ofZendesk(uri);
            case "zendesk-auth" -> ofOwn(uri);
            default -> elsewhere(uri);
        };
    }

    private Outcome ofHttp(CamelUri uri) {
        boolean isBasic = uri.value("authMethod").map("Basic"::equalsIgnoreCase).orElse(true);
        if (!isBasic || !uri.hasAnyOf(SENT)) {
            return Outcome.KEPT;
        }
        Accounts.Address address = accounts.of(uri.path());
        return address.isZendesk() ? handedOver(uri, address) : elsewhere(uri);
    }

    /** The host of an account may be another, or a placeholder. */
    private static Outcome elsewhere(CamelUri uri) {
        boolean isZendesk = isOfAgent(uri)
                || uri.hasAnyOf(SENT) && uri.text().toLowerCase(Locale.ROOT).contains("zendesk");
        return isZendesk ? new Outcome.Left(Remedy.HOST) : Outcome.KEPT;
    }

    /** An e-mail address with {@code /token} is written for Zendesk alone. */
    private static boolean isOfAgent(CamelUri uri) {
        return uri.value("authUsername")
                .filter(user -> AGENT_WITH_TOKEN.matcher(user).matches())
                .isPresent();
    }

    /** The same call with the configurer, whatever credentials it had. */
    private Outcome handedOver(CamelUri uri, Accounts.Address address) {
        if (address.isPlainHttp() || address.hasUser()) {
            return new Outcome.Left(Remedy.HTTP);
        }
        if (uri.hasAnyOf(HTTP_CLIENTS)) {
            return new Outcome.Left(Remedy.CONFIGURER);
        }
        return address.connection()
                .map(HandOver.Configurer::new)
                .map(configurer -> configured(uri, configurer))
                .orElse(new Outcome.Left(Remedy.ACCOUNT));
    }

    private Outcome configured(CamelUri uri, HandOver.Configurer configurer) {
        Outcome outcome = unlessExcluded(new Outcome.Moved(uri.replacing(HTTP, configurer.parameter()), configurer));
        boolean isTaken = takenNames.contains(configurer.connection().name());
        return isTaken && outcome != Outcome.KEPT ? new Outcome.Left(Remedy.NAME) : outcome;
    }

    /** A call that got its credentials from a header. */
    Outcome ofCallWithHeader(CamelUri uri) {
        return handedOver(uri, accounts.of(uri.path()));
    }

    /** Of an account that stays as it is. */
    boolean isExcluded(CamelUri uri) {
        return accounts.of(uri.path()).connection().filter(accounts::excludes).isPresent();
    }

    private Outcome unlessExcluded(Outcome.Moved moved) {
        return accounts.excludes(moved.handOver().connection()) ? Outcome.KEPT : moved;
    }

    private Outcome ofZendesk(CamelUri uri) {
        boolean isOAuth = uri.has("oauthToken");
        if (isOAuth || !uri.hasAnyOf(ZENDESK) && component == null) {
            return Outcome.KEPT;
        }
        Optional<Connection> connection =
                uri.value("serverUrl").map(url -> accounts.of(url).connection()).orElse(Optional.ofNullable(component));
        Matcher method = METHOD.matcher(uri.remainder());
        if (connection.isEmpty() || !method.matches()) {
            Remedy remedy = connection.isEmpty() ? Remedy.ACCOUNT : Remedy.CLIENT;
            return uri.hasAnyOf(ZENDESK) ? new Outcome.Left(remedy) : Outcome.KEPT;
        }
        HandOver.Client client = new HandOver.Client(connection.get(), method.group(1));
        String path = client.component() + ":default/" + client.method();
        return unlessExcluded(new Outcome.Moved(uri.withPath(path).without(ZENDESK), client));
    }

    private Outcome ofOwn(CamelUri uri) {
        boolean isBasic = uri.value("authScheme")
                .map(scheme -> OWN_SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)))
                .orElse(false);
        if (!isBasic && !uri.hasAnyOf(OWN_SECRETS)) {
            return Outcome.KEPT;
        }
        if (uri.hasAnyOf(OWN_OAUTH)) {
            return new Outcome.Left(Remedy.CREDENTIALS);
        }
        CamelUri rest = uri.without(OWN);
        if (!rest.without(OWN_OF_URIS).parameters().isEmpty()) {
            return new Outcome.Left(Remedy.OPTIONS);
        }
        return NAME.matcher(uri.remainder()).matches()
                ? unlessExcluded(new Outcome.Moved(rest, new HandOver.None(ownConnection(uri))))
                : new Outcome.Left(Remedy.ACCOUNT);
    }

    private Connection ownConnection(CamelUri uri) {
        return new Connection(uri.remainder(), uri.value("url").orElse(null));
    }
}
