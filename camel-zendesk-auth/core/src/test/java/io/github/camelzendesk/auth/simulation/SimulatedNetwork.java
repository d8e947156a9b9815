package io.github.camelzendesk.auth.simulation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.internal.wire.AuthorizationServer;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.Secret;

/** What lies between one process and Zendesk. A request goes on without the process that has sent it. */
final class SimulatedNetwork implements AuthorizationServer {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final SimulatedProcess process;
    private final SimulatedZendesk zendesk;
    private final Oracle oracle;
    private final Simulation simulation;
    private final Deque<NetworkFault> faults = new ArrayDeque<>();

    SimulatedNetwork(SimulatedProcess process, SimulatedZendesk zendesk, Oracle oracle) {
        this.process = process;
        this.zendesk = zendesk;
        this.oracle = oracle;
        this.simulation = process.simulation;
    }

    /** One request and what became of it. */
    static final class Exchange {
        final SimulatedProcess process;
        final TokenRequest request;
        private Piece waiting;
        private TokenRequestOutcome outcome;
        private boolean givenUp;

        Exchange(SimulatedProcess process, TokenRequest request) {
            this.process = process;
            this.request = request;
        }
    }

    void next(NetworkFault fault) {
        faults.add(fault);
    }

    void heal() {
        faults.clear();
    }

    @Override
    public TokenRequestOutcome request(TokenRequest request) {
        simulation.step(process);
        NetworkFault fault = faults.poll();
        simulation.tell(process, () -> "sends " + Texts.of(request) + (fault == null ? "" : ", " + fault));
        if (fault == NetworkFault.REFUSED) {
            simulation.sleep(process, Duration.ofMillis(10));
            return new TokenRequestOutcome.NotSent(new IOException("refused"));
        }
        Exchange exchange = new Exchange(process, request);
        oracle.presents(exchange);
        try {
            TokenRequestOutcome outcome = exchange(exchange, fault);
            simulation.step(process);
            simulation.tell(process, () -> "gets " + Texts.of(outcome));
            oracle.got(exchange, outcome);
            return outcome;
        } finally {
            oracle.over(exchange);
        }
    }

    private TokenRequestOutcome exchange(Exchange exchange, NetworkFault fault) {
        send(exchange, fault);
        exchange.waiting = simulation.sleeper(process, fault == NetworkFault.RESET_BEFORE ? latency() : LIMIT);
        simulation.await(exchange.waiting);
        // What lies in the socket is read first, however long the process was stopped.
        if (exchange.outcome != null) {
            return exchange.outcome;
        }
        exchange.givenUp = true;
        return new TokenRequestOutcome.Ambiguous("no answer in time", true, null);
    }

    private void send(Exchange exchange, NetworkFault fault) {
        if (fault == NetworkFault.REQUEST_LOST || fault == NetworkFault.RESET_BEFORE) {
            return;
        }
        Duration there = fault == NetworkFault.REQUEST_LATE ? latency().plusSeconds(10 + random(50)) : latency();
        simulation.after(there, null, () -> arrive(exchange, fault));
    }

    private void arrive(Exchange exchange, NetworkFault fault) {
        if (exchange.givenUp) {
            oracle.ghost();
        }
        TokenRequestOutcome outcome = zendesk.answer(exchange.request, fault);
        simulation.tell(null, () -> "Zendesk answers " + Texts.of(exchange.request) + " with " + Texts.of(outcome));
        oracle.answered(exchange, outcome);
        if (fault == NetworkFault.ANSWER_LOST) {
            return;
        }
        Duration back = fault == NetworkFault.ANSWER_LATE ? Duration.ofSeconds(15 + random(10)) : latency();
        TokenRequestOutcome seen = fault == NetworkFault.RESET_AFTER
                ? new TokenRequestOutcome.Ambiguous("a broken connection", true, null)
                : outcome;
        simulation.after(back, null, () -> deliver(exchange, seen));
    }

    private void deliver(Exchange exchange, TokenRequestOutcome outcome) {
        if (!exchange.givenUp && exchange.waiting != null) {
            exchange.outcome = outcome;
            simulation.wake(exchange.waiting);
        }
    }

    private Duration latency() {
        return Duration.ofMillis(1 + random(400));
    }

    private int random(int bound) {
        return simulation.random.nextInt(bound);
    }

    /** A call that is not for a token, and fails as one does. */
    private boolean isLost() {
        simulation.step(process);
        simulation.sleep(process, latency());
        return Optional.ofNullable(faults.poll()).isPresent();
    }

    @Override
    public TokenKnowledge describe(Secret accessToken) {
        if (isLost()) {
            return TokenKnowledge.NONE;
        }
        boolean good = zendesk.isGood(zendesk.accessToken(accessToken.reveal()));
        return good ? TokenKnowledge.NONE : new TokenKnowledge(true, null);
    }

    @Override
    public Map<String, Object> whoAmI(Secret authorizationHeader) {
        refuseWhenLost();
        String token = authorizationHeader.reveal().substring("Bearer ".length());
        return zendesk.isGood(zendesk.accessToken(token)) ? Map.of("userId", 1) : Map.of();
    }

    @Override
    public void revoke(Secret accessToken) {
        refuseWhenLost();
        SimulatedZendesk.AccessToken token = zendesk.accessToken(accessToken.reveal());
        if (token != null) {
            simulation.tell(process, () -> "revokes the grant of " + token.value);
            zendesk.end(token.grant, SimulatedZendesk.Excuse.REVOKED);
        }
    }

    private void refuseWhenLost() {
        if (isLost()) {
            throw new TokenEndpointUnavailable("no answer", null, null);
        }
    }
}
