package io.github.camelzendesk.auth.oauth;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/** Time, randomness, threads and the person, as a manager meets them. Immutable. */
record Surroundings(
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        Engine engine,
        @Nullable Authorizer authorizer) {}
