package io.github.camelzendesk.auth.login;

import java.awt.AWTError;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;

/**
 * Opens an address for the person in front of this machine. Implementations are thread-safe and
 * never throw. Each call is on a thread of its own, and may take its time. Bind one to the registry to replace the desktop's default browser.
 */
@FunctionalInterface
public interface Browser {
    /** Whether it could be opened. */
    boolean open(URI address);

    /** The default browser of the desktop; opens nothing where there is no display. */
    static Browser desktop() {
        return address -> {
            try {
                if (GraphicsEnvironment.isHeadless()
                        || !Desktop.isDesktopSupported()
                        || !Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                    return openByCommand(address);
                }
                Desktop.getDesktop().browse(address);
                return true;
            } catch (IOException | RuntimeException | LinkageError | AWTError e) {
                return false;
            }
        };
    }

    private static boolean openByCommand(URI address) throws IOException {
        boolean display = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
        if (!display) {
            return false;
        }
        new ProcessBuilder("xdg-open", address.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return true;
    }
}
