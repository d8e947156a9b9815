package io.github.camelzendesk.auth.monitor;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.camelzendesk.auth.oauth.TokenEvent;
import io.github.camelzendesk.auth.oauth.TokenListener;

/**
 * Tells the surfaces what becomes of the tokens of one connection. Thread-safe.
 *
 * @param isShown may wait until the connection is shown, so it is not asked on the thread of a token request
 */
record SurfaceListener(
        String label, String shownAs, BooleanSupplier isShown, Supplier<List<ConnectionMonitor>> surfaces)
        implements TokenListener {
    @Override
    public void happened(TokenEvent event) {
        if (isShown.getAsBoolean()) {
            surfaces.get().forEach(surface -> surface.happened(label, shownAs, event));
        }
    }

    @Override
    public Consumer<String> requesting(String connection, String grantType) {
        List<Consumer<String>> ends = surfaces.get().stream()
                .map(surface -> surface.requesting(shownAs, grantType))
                .toList();
        return outcome -> ends.forEach(end -> end.accept(outcome));
    }
}
