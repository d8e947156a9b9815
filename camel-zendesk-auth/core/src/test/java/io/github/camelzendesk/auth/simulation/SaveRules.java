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

    SaveRules(Oracle oracle, Place place, Simulation simulation, SimulatedZendesk zendesk) {
        this.oracle = oracle;
        this.place = place;
        this.simulation = simulation;
        this.zendesk = zendesk;
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
    void powerWasCut() {
        Secret stored = place.seenOrNothing().map(OAuthSettings::refreshToken).orElse(null);
        if (durable != null && zendesk.isLiving(durable.refreshToken()) && !zendesk.isLiving(stored)) {
            oracle.violated("what is stored stays", durable.refreshToken().reveal() + " is gone with the power");
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
        } else if (zendesk.grantOf(next.reveal()).begun < zendesk.grantOf(old).begun && !isFirstUseAfterAnEdit(by)) {
            oracle.violated(
                    "the last login stays", process.name() + " puts " + next.reveal() + " over the later " + old);
        }
    }

    /** Settings that an operator put there do not say which configured token was tried before, so that it is tried. */
    private boolean isFirstUseAfterAnEdit(Optional<OAuthSettings> stored) {
        return oracle.hasOperatorMeddled()
                && stored.filter(settings -> !settings.configuredToken().isEmpty())
                        .isPresent();
    }
}
