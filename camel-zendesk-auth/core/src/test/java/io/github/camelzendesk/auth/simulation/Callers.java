package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.github.camelzendesk.auth.oauth.Authorization;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.AccessToken;

/** Those who use the connections. */
final class Callers {
    private static final int TRIES = 2;
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Player player;
    private final List<Call> calls = new ArrayList<>();

    Callers(Player player) {
        this.player = player;
    }

    /** One caller, who does what the policy does: after a 401 it asks for another token. */
    static final class Call {
        private final Host host;
        private final SimulatedProcess process;
        private final String what;
        boolean answered;
        boolean served;
        /** Whether a living grant was stored when it got its error. */
        boolean failedBesideALivingGrant;

        private int patience;
        Throwable error;

        Call(Host host, String what) {
            this.host = host;
            this.process = host.process;
            this.what = what;
        }

        String what() {
            return process.name() + " " + what;
        }

        private boolean isLost() {
            return !answered && !process.isDead();
        }
    }

    /** Those who wait though their process lives. */
    List<Call> unanswered() {
        return calls.stream().filter(Call::isLost).toList();
    }

    private Call call(Host host, String what) {
        Call call = new Call(host, what);
        calls.add(call);
        return call;
    }

    /** One who comes again after an error that says so. */
    Call usePatiently(Host host) {
        Call call = call(host, "patient call");
        call.patience = 3;
        ask(call, host.person, SimulatedZendesk.PERSON, TRIES);
        return call;
    }

    Call use(Host host) {
        Call call = call(host, "call");
        ask(call, host.person, SimulatedZendesk.PERSON, TRIES);
        return call;
    }

    void useRobot(Host host) {
        if (host.robot != null) {
            ask(call(host, "robot's call"), host.robot, Host.ROBOT, TRIES);
        }
    }

    private void ask(Call call, TokenManager manager, String whose, int tries) {
        manager.authorization()
                .whenComplete((authorization, error) -> answer(call, manager, whose, tries, authorization, error));
    }

    private void answer(
            Call call, TokenManager manager, String whose, int tries, Authorization authorization, Throwable error) {
        if (error instanceof TokenEndpointUnavailable && call.patience-- > 0) {
            player.simulation.after(AGAIN, call.process, () -> ask(call, manager, whose, tries));
            return;
        }
        if (error != null) {
            failed(call, error);
            if (whose.equals(SimulatedZendesk.PERSON)) {
                player.oracle.withheld(call.process, call.error);
            }
            return;
        }
        AccessToken token =
                player.zendesk.accessToken(authorization.headerValue().substring("Bearer ".length()));
        if (!token.grant.whose.equals(whose)) {
            player.oracle.violated("nobody acts as another", whose + " is given the token of " + token.grant.whose);
        }
        if (player.zendesk.isGood(token) || !refused(call, manager, authorization) || tries == 0) {
            call.served = player.zendesk.isGood(token);
            end(call, () -> "is given " + token.value);
        } else {
            ask(call, manager, whose, tries - 1);
        }
    }

    private boolean refused(Call call, TokenManager manager, Authorization authorization) {
        player.simulation.tell(call.process, () -> "is answered 401 for " + authorization.headerValue());
        player.oracle.rejects(call.process);
        return manager.reject(authorization.generation());
    }

    private void failed(Call call, Throwable error) {
        call.error = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        call.failedBesideALivingGrant = player.zendesk.isLiving(
                player.place.seenOrNothing().map(OAuthSettings::refreshToken).orElse(null));
        end(call, () -> "fails: " + call.error);
        if (!(call.error instanceof ZendeskAuthException)) {
            player.oracle.violated("errors are named", String.valueOf(call.error));
        }
    }

    private void end(Call call, Supplier<String> how) {
        call.answered = true;
        player.simulation.tell(call.process, () -> call.what + " " + how.get());
    }

    /** What an operator asks for. */
    Call ask(Host host, String what, CompletableFuture<?> result) {
        Call call = call(host, what);
        result.whenComplete((done, error) -> {
            if (error == null) {
                end(call, () -> "is done");
            } else {
                failed(call, error);
            }
        });
        return call;
    }
}
