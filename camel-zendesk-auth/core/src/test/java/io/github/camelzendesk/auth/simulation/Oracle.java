package io.github.camelzendesk.auth.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequest;
import io.github.camelzendesk.auth.oauth.internal.wire.TokenRequestOutcome;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;
import io.github.camelzendesk.auth.simulation.SimulatedNetwork.Exchange;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Grant;

/**
 * Knows Zendesk's side of each lineage and what each process was told, and so what must not happen. It holds the first
 * violation, which ends the history.
 */
final class Oracle {
    private static final Duration HASTY = Duration.ofSeconds(30);
    private static final int MOST_HASTY = 4;
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Duration SETTLED = Duration.ofSeconds(5);

    final Place place;
    final SaveRules stored;
    private final Simulation simulation;
    private final SimulatedZendesk zendesk;
    private final List<Exchange> underWay = new ArrayList<>();
    private final Map<SimulatedProcess, Known> known = new HashMap<>();
    private final Set<SimulatedProcess> revokes = new HashSet<>();
    private boolean operatorMeddled;
    private boolean seenGhost;
    private boolean lockWasLost;
    private long lastForced = -HASTY.toNanos();
    private int hasty;
    private Violation violation;

    Oracle(Simulation simulation, Place place, SimulatedZendesk zendesk) {
        this.simulation = simulation;
        this.place = place;
        this.zendesk = zendesk;
        this.stored = new SaveRules(this, place, simulation, zendesk);
    }

    /** What must never be the case, and is. */
    record Violation(String rule, String what) {}

    Violation violation() {
        return violation;
    }

    void violated(String rule, String what) {
        if (violation == null) {
            violation = new Violation(rule, what);
            simulation.tell(null, () -> "VIOLATION of '" + rule + "': " + what);
            simulation.stop();
        }
    }

    Known known(SimulatedProcess process) {
        return known.computeIfAbsent(process, same -> new Known());
    }

    /** From now on old refresh tokens may come again. */
    void operatorMeddles() {
        stored.operatorMeddles();
        operatorMeddled = true;
    }

    boolean hasOperatorMeddled() {
        return operatorMeddled;
    }

    /** A person or a 401 asks for another token. */
    void forced() {
        lastForced = simulation.now();
    }

    void revokes(SimulatedProcess process) {
        revokes.add(process);
    }

    void clockSet(SimulatedProcess process) {
        known(process).clockSet = true;
    }

    void rejects(SimulatedProcess process) {
        known(process).own = null;
    }

    void restarted(SimulatedProcess process) {
        Known mine = known(process);
        mine.own = null;
        underWay.stream().filter(exchange -> exchange.process == process).forEach(mine.leftBehind::add);
        if (lockWasLost) {
            // A refusal that comes without the lock is not stored, because it is not known why.
            mine.refused.clear();
        }
    }

    /** A caller got an error in place of a token. */
    void withheld(SimulatedProcess process, Throwable error) {
        Known mine = known(process);
        boolean hadOne = mine.own != null
                && !operatorMeddled
                && !mine.clockSet
                && zendesk.isGood(mine.own)
                && mine.own.end - simulation.now() > MARGIN.toNanos()
                && simulation.now() - Math.max(mine.ownSince, process.stoppedUntil()) > SETTLED.toNanos()
                && zendesk.grantsOfPersons().stream().noneMatch(grant -> grant.begun > mine.own.grant.begun);
        if (hadOne && !process.isDead()) {
            violated(
                    "a good token is given",
                    process.name() + " has " + mine.own.value + ", and a caller gets " + error);
        }
    }

    /** A request has arrived whose sender waits no longer: it looks like another's. */
    void ghost() {
        seenGhost = true;
    }

    boolean hasSeenGhost() {
        return seenGhost;
    }

    boolean isRevoking() {
        return !revokes.isEmpty();
    }

    boolean hasRevoked(SimulatedProcess process) {
        return revokes.contains(process);
    }

    void presents(Exchange exchange) {
        if (exchange.request instanceof TokenRequest.Refresh refresh) {
            presents(exchange, refresh.refreshToken().reveal());
        }
        underWay.add(exchange);
    }

    private void presents(Exchange exchange, String token) {
        SimulatedProcess process = exchange.process;
        Known own = known(process);
        if (!operatorMeddled && own.answered.contains(token)) {
            violated("no refresh token twice", process.name() + " has had the answer to " + token);
        }
        if (!operatorMeddled && own.refused.contains(token)) {
            violated("no refused token again", process.name() + " was refused " + token);
        }
        if (isReplacedInTheStore(token) && !wasStopped(process)) {
            violated("no refresh token twice", token + " was replaced, and its successor is stored");
        }
        for (Exchange other : underWay) {
            if (other.process != process && isLivingOwner(other, token) && !wasStopped(process) && !hasNoteGone()) {
                violated("one owner", other.process.name() + " lives, and has " + token + " under way");
            }
        }
        if (!operatorMeddled && !lockWasLost && isInMemoryOfAnother(process, token)) {
            violated("one owner", "another process lives, and has the answer to " + token + " unsaved");
        }
        if (!place.hasRoom() && !wasStopped(process)) {
            violated("space first", token + " is sent with no room for the answer");
        }
    }

    private boolean isInMemoryOfAnother(SimulatedProcess process, String token) {
        return known.entrySet().stream()
                .anyMatch(other -> other.getKey() != process
                        && !other.getKey().isDead()
                        && other.getValue().answered.contains(token)
                        && !other.getValue().unsaved.isEmpty());
    }

    /** An operator has put other settings in the place of the note, and the lock may be gone too. */
    private boolean hasNoteGone() {
        return operatorMeddled && lockWasLost;
    }

    /** From now on another may have what one has in memory only. */
    void lockIsLost() {
        lockWasLost = true;
    }

    /** What it decided before it was stopped, it does after, whatever others have done meanwhile. */
    private boolean wasStopped(SimulatedProcess process) {
        return process.stoppedUntil() > known(process).notedAt;
    }

    private boolean isLivingOwner(Exchange other, String token) {
        return !other.process.isDead()
                && !wasStopped(other.process)
                && other.request instanceof TokenRequest.Refresh refresh
                && refresh.refreshToken().reveal().equals(token);
    }

    private boolean isReplacedInTheStore(String token) {
        Secret stored = place.seenOrNothing().map(OAuthSettings::refreshToken).orElse(null);
        Grant grant = stored == null ? null : zendesk.grantOf(stored.reveal());
        return grant != null && grant == zendesk.grantOf(token) && grant.hasReplaced(token, stored.reveal());
    }

    /** Zendesk has carried a request out. */
    void answered(Exchange exchange, TokenRequestOutcome outcome) {
        Grant grant = granted(outcome);
        if (grant == null) {
            return;
        }
        if (exchange.request instanceof TokenRequest.Refresh && grant.lastLife < HASTY.toNanos()) {
            hasty += simulation.now() - lastForced < HASTY.toNanos() * 2 ? 0 : 1;
        }
        if (hasty > MOST_HASTY) {
            violated("no storm", "rotated " + hasty + " times within half a minute, unasked");
        }
    }

    private Grant granted(TokenRequestOutcome outcome) {
        return outcome instanceof TokenRequestOutcome.Granted granted
                ? zendesk.accessToken(granted.response().accessToken().reveal()).grant
                : null;
    }

    /** The process has the answer. */
    void got(Exchange exchange, TokenRequestOutcome outcome) {
        Known own = known(exchange.process);
        String sent = exchange.request instanceof TokenRequest.Refresh refresh
                ? refresh.refreshToken().reveal()
                : null;
        Grant grant = granted(outcome);
        if (grant != null && grant.refreshToken != null) {
            Secret fresh = ((TokenRequestOutcome.Granted) outcome).response().refreshToken();
            if (sent != null && fresh != null) {
                own.answered.add(sent);
            }
            own.unsaved.put(grant.refreshToken, grant);
            grant.undelivered = null;
            own.own = grant.accessToken;
            own.ownSince = simulation.now();
            own.isLeftBehind = own.leftBehind.contains(exchange);
        } else if (sent != null && outcome instanceof TokenRequestOutcome.Rejected rejected && rejected.isGrantOver()) {
            own.refused.add(sent);
        }
    }

    /** The process waits for it no longer. */
    void over(Exchange exchange) {
        underWay.remove(exchange);
    }

    /** What a dead process had not stored is lost. */
    void died(SimulatedProcess process) {
        known(process).unsaved.forEach((token, grant) -> {
            if (grant.isLiving(token) && !isStored(token)) {
                SimulatedZendesk.forget(grant);
            }
        });
    }

    private boolean isStored(String token) {
        return place.seenOrNothing()
                .map(OAuthSettings::refreshToken)
                .map(Secret::reveal)
                .filter(token::equals)
                .isPresent();
    }
}
