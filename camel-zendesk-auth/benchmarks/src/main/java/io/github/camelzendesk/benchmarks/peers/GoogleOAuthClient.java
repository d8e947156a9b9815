package io.github.camelzendesk.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;

import com.google.api.client.auth.oauth2.AuthorizationCodeFlow;
import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.Credential;
import com.google.api.client.auth.oauth2.StoredCredential;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.store.DataStore;
import com.google.api.client.util.store.FileDataStoreFactory;

/**
 * google-oauth-client: an authorization code flow with a file data store, and one Credential for all threads of an
 * instance, as its command line samples have it.
 *
 * <p>Chosen: a data store factory of its own for each instance, on one folder. Two processes could have it no other way,
 * and the factory takes no lock that a second one in this JVM would notice.
 */
final class GoogleOAuthClient implements Contender {
    private static final String USER = "user";
    private static final HttpTransport TRANSPORT = new NetHttpTransport();

    @Override
    public String name() {
        return "google-oauth-client";
    }

    /** Not an option: Credential.intercept renews 60 seconds ahead. */
    @Override
    public Duration margin() {
        return Duration.ofSeconds(60);
    }

    @Override
    public void store(Account account) throws IOException {
        StoredCredential stored = new StoredCredential()
                .setAccessToken("expired")
                .setExpirationTimeMilliseconds(System.currentTimeMillis() - 1)
                .setRefreshToken(account.refreshToken());
        dataStore(account).set(USER, stored);
    }

    @Override
    public Instance open(Account account) throws IOException {
        AuthorizationCodeFlow flow = new AuthorizationCodeFlow.Builder(
                        BearerToken.authorizationHeaderAccessMethod(),
                        TRANSPORT,
                        GsonFactory.getDefaultInstance(),
                        new GenericUrl(account.tokenEndpoint()),
                        new ClientParametersAuthentication(account.clientId(), account.clientSecret()),
                        account.clientId(),
                        account.url() + "/oauth/authorizations/new")
                .setCredentialDataStore(dataStore(account))
                .build();
        Credential credential = flow.loadCredential(USER);
        return () -> {
            HttpRequest request = TRANSPORT.createRequestFactory().buildGetRequest(new GenericUrl(account.api()));
            credential.intercept(request);
            return account.judgeHeader(request.getHeaders().getAuthorization());
        };
    }

    @Override
    public String storedRefreshToken(Account account) throws IOException {
        StoredCredential stored = dataStore(account).get(USER);
        return stored == null ? null : stored.getRefreshToken();
    }

    private static DataStore<StoredCredential> dataStore(Account account) throws IOException {
        return StoredCredential.getDefaultDataStore(
                new FileDataStoreFactory(account.folder().toFile()));
    }
}
