package io.github.camelzendesk.auth.login;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

/**
 * The listener at one callback address, shared by all logins of this JVM that wait there. Thread-safe. It binds loopback
 * addresses only, and closes when no login waits any more.
 */
final class LoopbackReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackReceiver.class);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Map<String, LoopbackReceiver> OPEN = new HashMap<>(); // guarded by LOCK
    /** The names of this machine that a callback may be registered under (RFC 8252 section 7.3). */
    static final List<String> NAMES = List.of("localhost", "127.0.0.1", "[::1]");

    private static final int MOST_WRONG_STATES = 10;
    private static final int HTTP_PORT = 80;

    private final String host;
    private final int port;
    private final String path;
    private final LoopbackListener listener;
    private final Map<String, Login> waiting = new HashMap<>(); // guarded by LOCK, by state
    private int wrongStates; // guarded by LOCK
    private boolean toldOfOtherName; // guarded by LOCK

    private record Login(CompletableFuture<Secret> callback, String issuer) {}

    private LoopbackReceiver(URI callback) {
        this.host = callback.getHost().toLowerCase(Locale.ROOT);
        this.port = port(callback);
        this.path = callback.getRawPath() == null || callback.getRawPath().isEmpty() ? "/" : callback.getRawPath();
        this.listener = new LoopbackListener(callback.getHost(), port, this::page);
    }

    /**
     * Waits for the callback with this state.
     *
     * @throws ConfigurationRefused when another program has the port
     */
    static CompletableFuture<Secret> await(URI callback, String state, String issuer) {
        CompletableFuture<Secret> result = new CompletableFuture<>();
        String key = callback.getHost().toLowerCase(Locale.ROOT) + ":" + port(callback) + callback.getRawPath();
        LOCK.lock();
        try {
            LoopbackReceiver receiver = OPEN.get(key);
            if (receiver == null) {
                receiver = new LoopbackReceiver(callback);
                receiver.bind(callback);
                OPEN.put(key, receiver);
            }
            receiver.waiting.put(state, new Login(result, issuer));
            LoopbackReceiver joined = receiver;
            result.whenComplete((code, error) -> joined.leave(key, state));
        } finally {
            LOCK.unlock();
        }
        return result;
    }

    private void leave(String key, String state) {
        LOCK.lock();
        try {
            waiting.remove(state);
            if (waiting.isEmpty()) {
                OPEN.remove(key, this);
                listener.close();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private void bind(URI callback) {
        try {
            listener.bind();
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    "The port " + port(callback) + " of callbackUrl " + callback
                            + " is taken by another program. Stop that one, or"
                            + " register another address with the OAuth client in Admin Center and set callbackUrl to it.",
                    null,
                    null,
                    e);
        }
    }

    private CallbackPage page(CallbackRequest request) {
        boolean expected = isAt(host, request);
        if (!expected && NAMES.stream().noneMatch(name -> isAt(name, request))) {
            return CallbackPage.BAD_REQUEST;
        }
        if (!request.method().equals("GET") || !request.path().equals(path)) {
            return CallbackPage.NOT_FOUND;
        }
        return expected ? answer(request) : underAnotherName(request.isNavigation());
    }

    private boolean isAt(String name, CallbackRequest request) {
        return request.host().equalsIgnoreCase(name + ":" + port)
                || (port == HTTP_PORT && request.host().equalsIgnoreCase(name));
    }

    /** A person has changed the address line. Its code is not taken: the address is a part of what was registered. */
    private CallbackPage underAnotherName(boolean navigation) {
        if (navigation && isFirstUnderAnotherName()) {
            LOG.warn(
                    "A callback was opened under another name of this machine than that of callbackUrl, which is"
                            + " http://{}:{}{}. Open it there, with the rest of its address.",
                    host,
                    port,
                    path);
        }
        return CallbackPage.at(host);
    }

    private boolean isFirstUnderAnotherName() {
        LOCK.lock();
        try {
            boolean first = !toldOfOtherName;
            toldOfOtherName = true;
            return first;
        } finally {
            LOCK.unlock();
        }
    }

    private CallbackPage answer(CallbackRequest request) {
        Map<String, String> parameters = CallbackQuery.parse(request.query());
        boolean code = parameters.containsKey("code");
        if (code == parameters.containsKey("error")) {
            return CallbackPage.BAD_REQUEST;
        }
        return code ? allowed(parameters, request.isNavigation()) : denied(parameters, request.isNavigation());
    }

    private CallbackPage allowed(Map<String, String> parameters, boolean navigation) {
        Login login = find(parameters.getOrDefault("state", ""));
        if (login == null) {
            if (navigation) {
                countWrongState();
            }
            return CallbackPage.UNKNOWN_LOGIN;
        }
        String issuer = parameters.get("iss");
        String code = parameters.getOrDefault("code", "");
        if (issuer != null && !issuer.equals(login.issuer()) || !CallbackQuery.isCode(code)) {
            return CallbackPage.BAD_REQUEST;
        }
        // It may have been cancelled a moment ago.
        return login.callback().complete(Secret.of(code)) ? CallbackPage.SUCCESS : CallbackPage.UNKNOWN_LOGIN;
    }

    private CallbackPage denied(Map<String, String> parameters, boolean navigation) {
        String state = parameters.get("state");
        if (state == null) {
            return navigation ? deniedWithoutState(parameters) : CallbackPage.UNKNOWN_LOGIN;
        }
        Login login = find(state);
        if (login == null) {
            return CallbackPage.UNKNOWN_LOGIN;
        }
        login.callback().completeExceptionally(CallbackQuery.refusal(parameters));
        return CallbackPage.REFUSED;
    }

    /** Zendesk sends Deny without a state, so anybody may have written the words of this: they are not repeated. */
    private CallbackPage deniedWithoutState(Map<String, String> parameters) {
        Login login = onlyOne();
        if (login == null) {
            LOG.warn(
                    "A login was refused without saying which, and several wait at {}: each ends at its loginTimeout.",
                    host + ":" + port);
            return CallbackPage.UNKNOWN_LOGIN;
        }
        login.callback().completeExceptionally(CallbackQuery.refusalByAnybody(parameters));
        return CallbackPage.REFUSED;
    }

    private @Nullable Login find(String state) {
        LOCK.lock();
        try {
            Login found = null;
            for (Map.Entry<String, Login> entry : waiting.entrySet()) {
                if (Pkce.isSameState(entry.getKey(), state)) {
                    found = entry.getValue();
                }
            }
            return found;
        } finally {
            LOCK.unlock();
        }
    }

    private @Nullable Login onlyOne() {
        LOCK.lock();
        try {
            return waiting.size() == 1 ? waiting.values().iterator().next() : null;
        } finally {
            LOCK.unlock();
        }
    }

    private void countWrongState() {
        List<Login> ended;
        LOCK.lock();
        try {
            wrongStates++;
            ended = wrongStates >= MOST_WRONG_STATES ? List.copyOf(waiting.values()) : List.of();
        } finally {
            LOCK.unlock();
        }
        ended.forEach(login -> login.callback()
                .completeExceptionally(new AuthorizationRequired(
                        AuthorizationRequired.Reason.LOGIN_FAILED,
                        "The login was ended: " + MOST_WRONG_STATES
                                + " callbacks came with a state that nobody waits for."
                                + " Something on this machine is guessing; begin the login again.")));
    }

    private static int port(URI callback) {
        return callback.getPort() < 0 ? HTTP_PORT : callback.getPort();
    }
}
