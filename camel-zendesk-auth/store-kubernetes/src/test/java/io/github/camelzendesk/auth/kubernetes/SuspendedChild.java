package io.github.camelzendesk.auth.kubernetes;

import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

/** Takes the lock, and tries to go on with it once it is told to. */
final class SuspendedChild {
    private SuspendedChild() {}

    static SettingsStore store(String location) {
        return new ShortLeaseProvider().open(location, Rig.NAME, Rig.codec(), Rig.NO_BEANS);
    }

    public static void main(String[] arguments) throws Exception {
        SettingsTransaction held = Rig.begin(store(System.getProperty("location")));
        held.save(Rig.generation(1));
        held.reserve();
        System.out.println("held");
        System.in.read();
        System.out.println("exclusive: " + held.isExclusive());
        System.out.println("reserve " + outcome(held::reserve));
        System.out.println("save " + outcome(() -> held.save(Rig.generation(9))));
        System.exit(0);
    }

    private static String outcome(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (SettingsStoreException e) {
            return "refused: " + e.getMessage();
        }
    }
}
