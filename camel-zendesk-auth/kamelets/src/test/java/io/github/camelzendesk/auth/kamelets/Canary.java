package io.github.camelzendesk.auth.kamelets;

import java.util.concurrent.atomic.AtomicInteger;

/** A class that a parameter names. What loads it, makes one or calls it has run code that a message chose. */
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

    public Canary(String text) {
        this();
    }

    public static String make(String text) {
        Cage.SEEN.incrementAndGet();
        return text;
    }
}
