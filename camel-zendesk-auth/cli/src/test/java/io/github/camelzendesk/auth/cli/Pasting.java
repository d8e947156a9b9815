package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.camelzendesk.auth.testkit.ZendeskServer;

/** A person who opens the address that a command prints in a browser elsewhere, and pastes where that ended. For one thread. */
final class Pasting {
    private final ZendeskServer zendesk;

    Pasting(ZendeskServer zendesk) {
        this.zendesk = zendesk;
    }

    Shell.Result login(Shell shell) {
        try (PipedInputStream typed = new PipedInputStream();
                PipedOutputStream keyboard = new PipedOutputStream(typed)) {
            return shell.run(typed, line -> paste(line, keyboard), "login", "--no-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void paste(String line, OutputStream keyboard) {
        try {
            keyboard.write((zendesk.user().approve(URI.create(line)) + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
