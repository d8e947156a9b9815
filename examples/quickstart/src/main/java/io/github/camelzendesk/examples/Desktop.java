package io.github.camelzendesk.examples;

import java.awt.AWTError;

import io.github.camelzendesk.auth.login.Browser;

/** The browser of this desktop. Stateless. */
final class Desktop {
    private Desktop() {}

    /** Opens nothing, rather than fail, where a display is named that nobody can reach. */
    static Browser browser() {
        Browser browser = Browser.desktop();
        return address -> {
            try {
                return browser.open(address);
            } catch (AWTError e) {
                return false;
            }
        };
    }
}
