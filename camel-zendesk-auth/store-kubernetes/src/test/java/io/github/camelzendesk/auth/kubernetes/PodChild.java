package io.github.camelzendesk.auth.kubernetes;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStores;

/** Saves once, from wherever its JVM is told that it runs. */
final class PodChild {
    private PodChild() {}

    public static void main(String[] arguments) throws Exception {
        SettingsStore store = SettingsStores.open(System.getProperty("location"), Rig.NAME, Rig.codec(), Rig.NO_BEANS);
        Rig.save(store, 1);
        System.out.println(store.identity());
        System.exit(0);
    }
}
