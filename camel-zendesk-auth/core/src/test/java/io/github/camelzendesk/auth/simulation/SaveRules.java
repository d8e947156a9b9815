package io.github.camelzendesk.auth.simulation;

import java.util.Objects;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.Secret;

/** What must not happen to what is stored. */
final class SaveRules {
    private final Oracle oracle;
    private final Place place;
    private final Simulation simulation;
    private final SimulatedZendesk zendesk;
    private OAuthSettings durable;
    private boolean isReconfigured;

    SaveRules(Oracle oracle, Place place, Simulation simulation, SimulatedZendesk zendesk) {
        this.oracle = oracle;
        this.place = place;
        this.simulation = simulation;
        this.zendesk = zendesk;
    }

    /** From now on processes have different tokens in their configuration. */
    void reconfigured() {
        isReconfigured = true;
    }

    /** What an operator puts there need not last. */
    void operatorMeddles() {
        durable = null;
    }

    void saves(
            SimulatedProcess process,
            Place where,
            Optional<OAuthSettings> before,
            Optional<OAuthSettings> after,
            boolean done) {
        if (where != place) {
            return;
        }
        Secret old = before.map(OAuthSettings::refreshToken).orElse(null);
        Secret next = after.map(OAuthSettings::refreshToken).orElse(null);
        if (done) {
            noteDone(process, after.orElseThrow());
        }
        if (!Objects.equals(old, next) && zendesk.isLiving(old) && !oracle.hasRevoked(process)) {
            replaces(process, old.reveal(), after);
        }
        if (zendesk.isLiving(next) && isEnded(after.orElseThrow())) {
            oracle.violated("a living grant stays", process.name() + " stores that " + next.reveal() + " has ended");
        }
    }

    private void noteDone(SimulatedProcess process, OAuthSettings settings) {
        Known own = oracle.known(process);
        durable = settings;
        if (settings.refreshToken() != null) {
            own.unsaved.remove(settings.refreshToken().reveal());
            own.own = own.isLeftBehind ? null : own.own;
        }
        if (settings.pending() != null && !settings.pending().mayTake().isZero()) {
            own.notedAt = simulation.now();
        }
    }

    /** What was stored must be there. */
    void powerWasCut(Optional<OAuthSettings> before) {
        Secret stored = place.seenOrNothing().map(OAuthSettings::refreshToken).orElse(null);
        if (durable != null && zendesk.isLiving(durable.refreshToken()) && !zendesk.isLiving(stored)) {
            oracle.violated("what is stored stays", durable.refreshToken().reveal() + " is gone with the power");
        }
        Secret seen = before.map(OAuthSettings::refreshToken).orElse(null);
        if (zendesk.isLiving(seen) && !Objects.equals(seen, stored)) {
            // Its writer died before it was forced, and others have seen it.
            SimulatedZendesk.forget(zendesk.grantOf(seen.reveal()));
        }
    }

    private static boolean isEnded(OAuthSettings settings) {
        return settings.ended() != null
                && settings.tokens() != null
                && settings.ended().fingerprint().equals(settings.tokens().fingerprint());
    }

    private void replaces(SimulatedProcess process, String old, Optional<OAuthSettings> by) {
        Secret next = by.map(OAuthSettings::refreshToken).orElse(null);
        if (!zendesk.isLiving(next)) {
            oracle.violated(
                    "a living grant stays",
                    process.name() + " puts " + (next == null ? "nothing" : next.reveal()) + " in the place of " + old);
        } else if (zendesk.grantOf(next.reveal()).begun < zendesk.grantOf(old).begun && !isUntried(by)) {
            oracle.violated(
                    "the last login stays", process.name() + " puts " + next.reveal() + " over the later " + old);
        }
    }

    /**
     * Whether a configured token begins these settings that none before them said was tried: an operator has put others
     * there, or has two processes with different ones. Each is tried once.
     */
    private boolean isUntried(Optional<OAuthSettings> stored) {
        return (oracle.hasOperatorMeddled() || isReconfigured)
                && stored.filter(settings -> !settings.configuredToken().isEmpty())
                        .isPresent();
    }
}
