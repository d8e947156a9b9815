package io.github.camelzendesk.auth.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;

/** A class that a message names, and that must never be loaded by that: it says so, as code of an attacker would. */
public class Canary {
    static {
        Cage.SEEN.incrementAndGet();
    }

    /** What is known of the class without loading it. */
    static final class Cage {
        static final AtomicInteger SEEN = new AtomicInteger();
        static final String NAME = Cage.class.getName().replace("$Cage", "");

        private Cage() {}
    }

    public Canary() {
        Cage.SEEN.incrementAndGet();
    }

    /** As a stream or a writer of a file begins. */
    public Canary(String file) {
        this();
        try {
            Files.writeString(java.nio.file.Path.of(file), "written");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String make(String text) {
        return text;
    }
}
