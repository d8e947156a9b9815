package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import com.github.tomakehurst.wiremock.WireMockServer;

/**
 * A stand-in for one Zendesk account, in this process and on a loopback port. Thread-safe.
 *
 * <p>It rotates as Zendesk does: a refresh kills the previous access token and refresh token before its answer is on the
 * way. {@link #wireMock()} takes further stubs, which come before its own.
 */
public final class ZendeskServer implements AutoCloseable {
    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final Protocol protocol = new Protocol(this::now);
    private final WireMockServer wireMock;

    private ZendeskServer(int port) {
        wireMock = PlainServerFactory.start(port, new Transformer(protocol), this::now);
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

    /** Registers a client, in place of one that has the same identifier. */
    public RegisteredClient register(RegisteredClient client) {
        protocol.change(account -> account.register(client, Map.of()));
        return client;
    }

    /** The client that is registered by this identifier; null for none. */
    public @Nullable RegisteredClient client(String identifier) {
        return protocol.<@Nullable RegisteredClient>read(account -> account.clients.get(identifier));
    }

    /** Registers a client that can keep a secret. */
    public RegisteredClient confidentialClient(String identifier, String... redirectUris) {
        return register(RegisteredClient.confidential(identifier, redirectUris));
    }

    /** Registers a client that must use PKCE. */
    public RegisteredClient publicClient(String identifier, String... redirectUris) {
        return register(RegisteredClient.publicClient(identifier, redirectUris));
    }

    /** Registers a confidential client from before expiry was enforced. */
    public RegisteredClient legacyClient(String identifier, String... redirectUris) {
        return register(RegisteredClient.confidential(identifier, redirectUris).on(TokenTerms.legacy()));
    }

    /** Registers a confidential client of many accounts, which is not told when its tokens expire. Zendesk's begin with zdg-. */
    public RegisteredClient globalClient(String identifier, String... redirectUris) {
        return register(RegisteredClient.confidential(identifier, redirectUris).on(TokenTerms.global()));
    }

    /** Registers a confidential client with a ceiling of scopes. */
    public RegisteredClient limitedClient(String identifier, String... allowedScopes) {
        return register(RegisteredClient.confidential(identifier).limitedTo(Set.of(allowedScopes)));
    }

    /** Adds an agent, and returns the password. */
    public String addUser(String email) {
        return addUser(email, IssuedSecrets.issue("zpw_"));
    }

    public String addUser(String email, String password) {
        protocol.change(account -> account.users.add(email, password));
        return password;
    }

    /** Issues an API token, for a user with this e-mail: it works with the e-mail of any other user, too. */
    public String apiToken(String email) {
        String token = IssuedSecrets.issue("zpt_");
        protocol.change(account -> account.users.addApiToken(email, token));
        return token;
    }

    /** Issues a grant without a login: tokens that expire as the client's terms say. */
    public IssuedTokens issue(RegisteredClient client, String scope) {
        return protocol.read(account -> account.grants.issue(client, scope, account.expiring(client), true));
    }

    /** Kills an access token together with its refresh token. */
    public void revoke(String accessToken) {
        protocol.change(account -> account.grants.revoke(accessToken));
    }

    public boolean isLive(String accessToken) {
        return protocol.read(account -> account.grants.live(accessToken) != null);
    }

    public boolean isLiveRefreshToken(String refreshToken) {
        return protocol.read(account -> account.grants.isLiveRefreshToken(refreshToken));
    }

    public Set<String> liveRefreshTokens() {
        return protocol.read(account -> account.grants.liveRefreshTokens());
    }

    /** How many refresh tokens were spent, whether or not the answer arrived. */
    public int rotationCount() {
        return protocol.read(account -> account.grants.rotations());
    }

    /** The refresh token that was issued for a spent one, whether or not the answer arrived; null for any other. */
    public @Nullable String successorOf(String refreshToken) {
        return protocol.<@Nullable String>read(account -> account.grants.successor(refreshToken));
    }

    /** How often a refresh token was presented that had been used before. */
    public int refreshTokenReuseCount() {
        return protocol.read(account -> account.grants.reuses());
    }

    public List<TokenRequestSeen> tokenRequests() {
        return protocol.read(account -> List.copyOf(account.tokenRequests));
    }

    public int tokenRequestCount() {
        return protocol.read(account -> account.tokenRequests.size());
    }

    public List<ApiRequestSeen> apiRequests() {
        return protocol.read(account -> List.copyOf(account.apiRequests));
    }

    /** What happens to the next token requests, one after the other. */
    public void nextTokenRequest(TokenFault... faults) {
        protocol.change(account -> account.tokenFaults.addAll(List.of(faults)));
    }

    /** How many of the scripted faults no token request has met yet. */
    public int remainingTokenFaults() {
        return protocol.read(account -> account.tokenFaults.size());
    }

    /** What happens to the next requests below /api/v2/, one after the other. */
    public void nextApiRequest(ApiFault... faults) {
        protocol.change(account -> account.apiFaults.addAll(List.of(faults)));
    }

    /** What happens to every token request from now on; null ends it. */
    public void always(@Nullable TokenFault fault) {
        protocol.change(account -> account.standingFault = fault);
    }

    /** The lifetime of all access tokens from now on, whatever is asked for; null goes by what is asked for. */
    public void accessTokenLifetime(@Nullable Duration lifetime) {
        protocol.change(account -> account.accessTokenLifetime = lifetime);
    }

    /** Whether access tokens are JWTs from now on, as those of newer clients are. */
    public void jwtAccessTokens(boolean jwt) {
        protocol.change(account -> account.jwtAccessTokens = jwt);
    }

    public void successStatus(int status) {
        protocol.change(account -> account.successStatus = status);
    }

    /** Whether a Deny sends the state back, as it does unless it is switched off: what Zendesk does is not documented. */
    public void echoStateOnDeny(boolean echo) {
        protocol.change(account -> account.echoStateOnDeny = echo);
    }

    /** Whether an authenticated request for what the stand-in does not have is answered by 200 and an empty object. */
    public void answerAnything(boolean anything) {
        protocol.change(account -> account.answersAnything = anything);
    }

    /** Whether a request for help needs no authentication, as it does not unless an administrator switches that off. */
    public void anonymousRequests(boolean allowed) {
        protocol.change(account -> account.takesAnonymousRequests = allowed);
    }

    /** Whether {@link #apiRequests} are kept, as they are unless it is switched off: those of hours do not fit into memory. */
    public void recordApiRequests(boolean record) {
        protocol.change(account -> account.recordsApiRequests = record);
    }

    /** Creates a ticket as somebody would, now, and returns its id. */
    public long createTicket(String subject) {
        return protocol.read(account -> new Tickets(account)
                .create(Map.of("subject", subject), Caller.AGENT)
                .id());
    }

    /** Gives a ticket another status, now. */
    public void updateTicket(long id, String status) {
        protocol.change(account -> new Tickets(account).update(id, Map.of("status", status), Caller.AGENT));
    }

    /** All tickets, by id, as the API shows them but for their addresses. Two are there from the day before the start. */
    public List<Map<String, @Nullable Object>> tickets() {
        return protocol.read(
                account -> List.copyOf(account.store(Resource.TICKETS).all().values()));
    }

    /** How old a change is before the incremental export tells it; Zendesk's minute unless it is set. */
    public void exportDelay(Duration delay) {
        protocol.change(account -> account.exportDelay = delay);
    }

    /** How many requests a minute the incremental export answers; Zendesk's ten unless it is set. */
    public void exportLimit(int perMinute) {
        protocol.change(account -> account.exportLimit = perMinute);
    }

    /** A person who allows at this address. */
    public SimulatedUser user() {
        return new SimulatedUser();
    }

    /** Forgets clients, users, tokens, faults, records and switches, and sets the clock back. */
    public void reset() {
        offset.set(Duration.ZERO);
        protocol.reset();
    }

    @Override
    public void close() {
        wireMock.stop();
    }
}
