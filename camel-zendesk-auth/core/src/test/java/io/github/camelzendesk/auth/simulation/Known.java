package io.github.camelzendesk.auth.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.camelzendesk.auth.simulation.SimulatedNetwork.Exchange;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.AccessToken;
import io.github.camelzendesk.auth.simulation.SimulatedZendesk.Grant;

/** What one process was told by Zendesk. */
final class Known {
    final Set<String> answered = new HashSet<>();
    final Set<String> refused = new HashSet<>();
    final Map<String, Grant> unsaved = new HashMap<>();
    long notedAt;
    /** The last access token that it obtained itself, and that nobody refused. */
    AccessToken own;

    long ownSince;
    /** Of requests whose context was closed meanwhile: another one reads of them in the store, if it can. */
    final Set<Exchange> leftBehind = new HashSet<>();

    boolean isLeftBehind;
    boolean clockSet;
}
