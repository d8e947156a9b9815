package io.github.camelzendesk.auth.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/**
 * A stand-in for one Zendesk account, in this process and on a loopback port. Safe for use by several threads.
 *
 * <p>It rotates as Zendesk does: a refresh kills the previous access token and refresh token before its answer is on the
 * way. {@link #wireMock()} takes further stubs, which come before its own.
 */
public final class ZendeskServer implements AutoCloseable {
    private static final int LOWEST = 10;
    private static final int THREADS = 60;

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final Protocol protocol = new Protocol(this::now);
    private final WireMockServer wireMock;

    private ZendeskServer(int port) {
        WireMockConfiguration options = WireMockConfiguration.wireMockConfig()
                .bindAddress("127.0.0.1")
                .containerThreads(THREADS)
                .disableRequestJournal()
                .extensions(new Transformer(protocol));
        wireMock = new WireMockServer(port == 0 ? options.dynamicPort() : options.port(port));
        wireMock.stubFor(WireMock.any(WireMock.anyUrl())
                .atPriority(LOWEST)
                .willReturn(WireMock.aResponse().withTransformers(Transformer.NAME)));
        wireMock.start();
    }

    public static ZendeskServer start() {
        return new ZendeskServer(0);
    }

    public static ZendeskServer start(int port) {
        return new ZendeskServer(port);
    }

    /** The origin of the account. */
    public String url() {
        return "http://127.0.0.1:" + wireMock.port();
    }

    public int port() {
        return wireMock.port();
    }

    public WireMockServer wireMock() {
        return wireMock;
    }

    /** The time as the stand-in sees it. */
    public Instant now() {
        return InstantSource.system().instant().plus(offset.get());
    }

    public void advance(Duration by) {
        offset.accumulateAndGet(by, Duration::plus);
    }

    /** Registers a client that can keep a secret. */
    public OAuthClient confidentialClient(String identifier, String... redirectUris) {
        return register(identifier, false, false, Set.of(), redirectUris);
    }

    /** Registers a client that must use PKCE. */
    public OAuthClient publicClient(String identifier, String... redirectUris) {
        return register(identifier, true, false, Set.of(), redirectUris);
    }

    /** Registers a client from before expiry was enforced. */
    public OAuthClient legacyClient(String identifier, String... redirectUris) {
        return register(identifier, false, true, Set.of(), redirectUris);
    }

    /** Registers a confidential client with a ceiling of scopes. */
    public OAuthClient limitedClient(String identifier, String... allowedScopes) {
        return register(identifier, false, false, Set.of(allowedScopes));
    }

    private OAuthClient register(
            String identifier, boolean isPublic, boolean legacy, Set<String> scopes, String... redirectUris) {
        Set<String> redirects = redirectUris.length == 0 ? Set.of("http://localhost:33333") : Set.of(redirectUris);
        OAuthClient client =
                new OAuthClient(identifier, IssuedSecrets.issue("zcs_"), isPublic, redirects, scopes, legacy);
        locked(() -> protocol.clients.put(identifier, client));
        return client;
    }

    /** Adds an agent, and returns the password. */
    public String addUser(String email) {
        return addUser(email, IssuedSecrets.issue("zpw_"));
    }

    public String addUser(String email, String password) {
        locked(() -> protocol.api.passwords.put(email, password));
        return password;
    }

    /** Issues an API token that works with this e-mail. */
    public String apiToken(String email) {
        String token = IssuedSecrets.issue("zpt_");
        locked(() -> protocol.api.apiTokens.put(email, token));
        return token;
    }

    /** Issues a grant without a login. */
    public TokenPair issue(OAuthClient client, String scope) {
        return locked(
                () -> protocol.grants.issue(client, scope, Map.of("expires_in", "1800"), protocol.lifetime, true));
    }

    /** Kills an access token together with its refresh token. */
    public void revoke(String accessToken) {
        locked(() -> {
            protocol.grants.revoke(accessToken);
            return true;
        });
    }

    public boolean isLive(String accessToken) {
        return locked(() -> protocol.grants.live(accessToken) != null);
    }

    public Set<String> liveRefreshTokens() {
        return locked(() -> protocol.grants.liveRefreshTokens());
    }

    /** How often a refresh token was presented that had been used before. */
    public int refreshTokenReuseCount() {
        return locked(() -> protocol.grants.reuses());
    }

    public List<TokenRequestSeen> tokenRequests() {
        return locked(() -> List.copyOf(protocol.tokenRequests));
    }

    public int tokenRequestCount() {
        return locked(() -> protocol.tokenRequests.size());
    }

    public List<ApiRequestSeen> apiRequests() {
        return locked(() -> List.copyOf(protocol.apiRequests));
    }

    /** What happens to the next token requests, one after the other. */
    public void nextTokenRequest(TokenFault... faults) {
        locked(() -> protocol.faults.addAll(List.of(faults)));
    }

    /** What happens to every token request from now on; null ends it. */
    public void always(@Nullable TokenFault fault) {
        locked(() -> {
            protocol.standing = fault;
            return true;
        });
    }

    /** The lifetime of all access tokens from now on, whatever is asked for; null goes by what is asked for. */
    public void accessTokenLifetime(@Nullable Duration lifetime) {
        locked(() -> {
            protocol.lifetime = lifetime;
            return true;
        });
    }

    public void successStatus(int status) {
        locked(() -> protocol.successStatus = status);
    }

    public void echoStateOnDeny(boolean echo) {
        locked(() -> protocol.echoStateOnDeny = echo);
    }

    /** A person who allows at this address. */
    public SimulatedUser user() {
        return new SimulatedUser();
    }

    /** Forgets clients, users, tokens, faults and records, and sets the clock back. */
    public void reset() {
        offset.set(Duration.ZERO);
        locked(() -> {
            protocol.clients.clear();
            protocol.api.passwords.clear();
            protocol.api.apiTokens.clear();
            protocol.faults.clear();
            protocol.tokenRequests.clear();
            protocol.apiRequests.clear();
            protocol.grants = new Grants(this::now);
            protocol.standing = null;
            protocol.lifetime = null;
            protocol.successStatus = 200;
            protocol.echoStateOnDeny = false;
            return true;
        });
    }

    @Override
    public void close() {
        wireMock.stop();
    }

    private <T> T locked(Supplier<T> work) {
        protocol.lock.lock();
        try {
            return work.get();
        } finally {
            protocol.lock.unlock();
        }
    }

    private record Transformer(Protocol protocol) implements ResponseDefinitionTransformerV2 {
        static final String NAME = "zendesk";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Request request = event.getRequest();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.getHeaders().all().forEach(header -> headers.put(header.key(), header.firstValue()));
            return protocol.answer(new Call(
                    request.getMethod().getName(),
                    URI.create(request.getAbsoluteUrl()),
                    headers,
                    request.getBodyAsString()));
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
