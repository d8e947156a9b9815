package io.github.camelzendesk.auth.oauth;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/** Time, randomness, threads, the person, the listener and the turns to look, as a manager meets them. Immutable. */
record Surroundings(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        Engine engine,
        @Nullable Authorizer authorizer,
        TokenListener listener,
        Looks looks) {

    Surroundings(
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            Engine engine,
            @Nullable Authorizer authorizer,
            TokenListener listener) {
        this(clock, nanoTime, random, engine, authorizer, listener, Looks.SHARED);
    }
}
