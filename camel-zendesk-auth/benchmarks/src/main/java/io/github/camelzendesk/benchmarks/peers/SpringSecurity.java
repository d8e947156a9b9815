package io.github.camelzendesk.benchmarks.peers;

import java.time.Duration;
import java.time.Instant;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/**
 * Spring Security's manager for use outside a request, with the refresh token provider and its default clock skew, and
 * the default success and failure handlers.
 *
 * <p>Chosen: client_secret_post, because Zendesk takes the secret in the body only; the JDK's HTTP client, because the
 * default looks at the class path and would find camel-http's; one service in memory for all managers, which is kinder
 * than the database that two processes would share.
 */
final class SpringSecurity implements Contender {
    private static final String REGISTRATION = "zendesk";
    private static final Authentication PRINCIPAL = new TestingAuthenticationToken("user", "none");

    private ClientRegistration registration;
    private InMemoryClientRegistrationRepository registrations;
    private OAuth2AuthorizedClientService service;

    @Override
    public String name() {
        return "spring-security-oauth2-client";
    }

    @Override
    public Duration margin() {
        return Duration.ofSeconds(60);
    }

    @Override
    public void store(Account account) {
        registration = registration(account);
        registrations = new InMemoryClientRegistrationRepository(registration);
        service = new InMemoryOAuth2AuthorizedClientService(registrations);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        OAuth2AccessToken expired = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER, "expired", yesterday, yesterday.plusSeconds(1800));
        OAuth2RefreshToken refreshToken = new OAuth2RefreshToken(account.refreshToken(), yesterday);
        service.saveAuthorizedClient(
                new OAuth2AuthorizedClient(registration, PRINCIPAL.getName(), expired, refreshToken), PRINCIPAL);
    }

    @Override
    public Instance open(Account account) {
        RestClientRefreshTokenTokenResponseClient endpoint = new RestClientRefreshTokenTokenResponseClient();
        endpoint.setRestClient(restClient());
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, service);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken(refresh -> refresh.accessTokenResponseClient(endpoint))
                .build());
        OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                .principal(PRINCIPAL)
                .build();
        return () -> {
            OAuth2AuthorizedClient client = manager.authorize(request);
            return account.judge(client == null ? null : client.getAccessToken().getTokenValue());
        };
    }

    @Override
    public String storedRefreshToken(Account account) {
        OAuth2AuthorizedClient client = service.loadAuthorizedClient(REGISTRATION, PRINCIPAL.getName());
        OAuth2RefreshToken refreshToken = client == null ? null : client.getRefreshToken();
        return refreshToken == null ? null : refreshToken.getTokenValue();
    }

    @Override
    public boolean sharesOverProcesses() {
        return false;
    }

    private static ClientRegistration registration(Account account) {
        return ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(account.clientId())
                .clientSecret(account.clientSecret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost:33333")
                .authorizationUri(account.url() + "/oauth/authorizations/new")
                .tokenUri(account.tokenEndpoint())
                .scope("read", "write")
                .build();
    }

    /** As the default one is made, but for the request factory. */
    private static RestClient restClient() {
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }
}
