package io.github.camelzendesk.benchmarks.peers;

import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * camel-http with its OAuth 2 options. It knows the client credentials grant only, so it has nothing to rotate.
 *
 * <p>Chosen: the token cache, which is off by default, because without it each call is a token request; the credentials
 * in the body, because Zendesk takes them nowhere else; five seconds to wait for a connection of the pool instead of three
 * minutes, so that callers which block each other come to an end. The pool has its default size.
 */
final class CamelHttp implements Contender {
    private static final Duration POOL_PATIENCE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "camel-http";
    }

    @Override
    public Duration margin() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void store(Account account) {}

    @Override
    public Instance open(Account account) throws Exception {
        String uri = account.api()
                + "?oauth2ClientId=" + account.clientId() + "&oauth2ClientSecret=" + account.clientSecret()
                + "&oauth2TokenEndpoint=" + account.tokenEndpoint() + "&oauth2Scope=read"
                + "&oauth2CacheTokens=true&oauth2BodyAuthentication=true"
                + "&connectionRequestTimeout=" + POOL_PATIENCE.toMillis();
        return InCamel.open(uri, CamelHttp::call);
    }

    /** Its token never leaves it, so the call to the API is its own. */
    private static Outcome call(Producer producer, Exchange exchange) throws Exception {
        try {
            producer.process(exchange);
            return Outcome.VALID;
        } catch (HttpOperationFailedException e) {
            return e.getStatusCode() == 401 ? Outcome.DEAD : Outcome.FAILED;
        }
    }

    @Override
    public String storedRefreshToken(Account account) {
        return null;
    }

    @Override
    public boolean refreshes() {
        return false;
    }
}
