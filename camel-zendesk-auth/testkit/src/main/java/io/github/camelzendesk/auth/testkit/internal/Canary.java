package io.github.camelzendesk.auth.testkit.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A class that a message names. What loads it, makes one or calls it has run code that the message chose. */
public class Canary {
    static {
        Cage.SEEN.incrementAndGet();
    }

    /** What is known of the class without loading it. */
    public static final class Cage {
        public static final AtomicInteger SEEN = new AtomicInteger();
        public static final String NAME = Cage.class.getName().replace("$Cage", "");

        private Cage() {}
    }

    public Canary() {
        Cage.SEEN.incrementAndGet();
    }

    /** As a stream or a writer of a file begins. */
    public Canary(String file) {
        this();
        try {
            Files.writeString(Path.of(file), "written");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String make(String text) {
        Cage.SEEN.incrementAndGet();
        return text;
    }
}
