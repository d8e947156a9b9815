package io.github.camelzendesk.examples.chaos;

import java.io.IOException;
import java.nio.file.Path;

import io.github.camelzendesk.auth.testkit.internal.LocalPostgres;

/** Where the processes keep the grants. */
@FunctionalInterface
interface Store {
    String location(String person);

    static Store of(String kind, Path directory) throws IOException, InterruptedException {
        if (kind.equals("file")) {
            return person -> directory.resolve(person + ".json").toString();
        }
        String url = new Server(LocalPostgres.programs()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "--store=jdbc needs the package postgresql: install it, or leave the argument out.")))
                .url();
        return person -> url;
    }

    /** Ends with this process. */
    final class Server extends LocalPostgres {
        Server(Path programs) throws IOException, InterruptedException {
            super(programs);
        }
    }
}
