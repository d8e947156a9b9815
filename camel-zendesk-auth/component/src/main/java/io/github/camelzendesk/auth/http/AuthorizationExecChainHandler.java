package io.github.camelzendesk.auth.http;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.protocol.RedirectLocations;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.message.BasicHeader;

import io.github.camelzendesk.auth.ZendeskAuthConstants;
import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.options.internal.ConfiguredHeaders;

/**
 * One hop of a request in HttpClient 5: attaches the authorization when the hop is to the connection's own origin, and
 * replays it once after 401 {@code invalid_token} (RFC 6750 section 3.1). Thread-safe.
 *
 * <p>Its place in the chain is below redirects and retries, so that it sees each of them, and above the leasing of a
 * connection, so that nobody holds one while waiting for a token. What stands above copies from the request as the
 * caller made it, and so never sees what is attached here.
 */
final class AuthorizationExecChainHandler implements ExecChainHandler {
    private static final String ATTACHED = AuthorizationExecChainHandler.class.getName() + ".attached";
    private static final String REPLAYED = AuthorizationExecChainHandler.class.getName() + ".replayed";

    private final Supplier<TokenManager> managers;
    private final Map<String, String> fixedHeaders;

    AuthorizationExecChainHandler(Supplier<TokenManager> managers, Map<String, String> fixedHeaders) {
        this.managers = managers;
        this.fixedHeaders = Map.copyOf(fixedHeaders);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        TokenManager manager = managers.get();
        HttpHost target = scope.route.getTargetHost();
        boolean own = manager.isOwn(target.getSchemeName(), target.getHostName(), target.getPort());
        if (own && !isReadByAProxy(scope.route)) {
            return proceed(manager, request, scope, chain);
        }
        if (!own && !isRedirected(scope.clientContext)) {
            manager.sentWithout(target.getSchemeName(), target.getHostName(), target.getPort());
        }
        withdraw(request, scope.clientContext);
        return chain.proceed(request, scope);
    }

    private static boolean isRedirected(HttpClientContext context) {
        RedirectLocations before = context.getRedirectLocations();
        return before != null && before.size() > 0;
    }

    /** Plain http is for this machine only. */
    private static boolean isReadByAProxy(HttpRoute route) {
        return route.getProxyHost() != null && !route.isTunnelled();
    }

    private ClassicHttpResponse proceed(
            TokenManager manager, ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header[] before = request.getHeaders();
        Authorization used = manager.await();
        attach(request, used, scope.clientContext);
        ClassicHttpResponse response = chain.proceed(request, scope);
        if (response.getCode() != HttpStatus.SC_UNAUTHORIZED || isReplay(scope) || !refused(response)) {
            return response;
        }
        if (!isRepeatable(request)) {
            // The next call then gets another token.
            manager.replace(used);
            return response;
        }
        Optional<Authorization> other = replacement(manager, used, response);
        if (other.isEmpty()) {
            return response;
        }
        // It was read to its end, so this only gives the connection back.
        response.close();
        // The first attempt left its own Host, Content-Length and the like on the request.
        request.setHeaders(before);
        return replay(request, other.get(), scope, chain);
    }

    private static Optional<Authorization> replacement(
            TokenManager manager, Authorization used, ClassicHttpResponse refusal) throws IOException {
        try {
            return manager.awaitReplacement(used);
        } catch (IOException | RuntimeException e) {
            refusal.close();
            throw e;
        }
    }

    private ClassicHttpResponse replay(
            ClassicHttpRequest request, Authorization other, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(REPLAYED, scope.exchangeId);
        attach(request, other, scope.clientContext);
        return chain.proceed(request, scope);
    }

    private void attach(ClassicHttpRequest request, Authorization authorization, HttpClientContext context) {
        for (Header header : request.getHeaders()) {
            if (ConfiguredHeaders.isForeign(header.getName())) {
                request.removeHeader(header);
            }
        }
        fixedHeaders.forEach(request::addHeader);
        // Sensitive: HttpClient follows no redirect to another host with such a header, should anybody copy it there.
        request.addHeader(new BasicHeader(ZendeskAuthConstants.AUTHORIZATION, authorization.headerValue(), true));
        context.setAttribute(ATTACHED, authorization);
    }

    /** HttpClient does not carry ours to another host, but an interceptor that somebody adds to it might. */
    private void withdraw(ClassicHttpRequest request, HttpClientContext context) {
        if (context.getAttribute(ATTACHED) instanceof Authorization ours) {
            removeIfEqual(request, ZendeskAuthConstants.AUTHORIZATION, ours.headerValue());
            fixedHeaders.forEach((name, value) -> removeIfEqual(request, name, value));
        }
    }

    private static void removeIfEqual(ClassicHttpRequest request, String name, String value) {
        for (Header header : request.getHeaders(name)) {
            if (value.equals(header.getValue())) {
                request.removeHeader(header);
            }
        }
    }

    private static boolean isReplay(ExecChain.Scope scope) {
        return Objects.equals(scope.exchangeId, scope.clientContext.getAttribute(REPLAYED));
    }

    private static boolean isRepeatable(ClassicHttpRequest request) {
        HttpEntity entity = request.getEntity();
        return entity == null || entity.isRepeatable();
    }

    private static boolean refused(ClassicHttpResponse response) throws IOException {
        try {
            return ReplayableEntity.saysInvalidToken(response);
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }
}
