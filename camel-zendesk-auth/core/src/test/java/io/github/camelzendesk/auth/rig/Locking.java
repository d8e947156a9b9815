package io.github.camelzendesk.auth.rig;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.internal.file.RiggedLock;

/** A child that does with a lock what its parent says, line by line, and answers each. */
public final class Locking {
    private static Optional<? extends AutoCloseable> held = Optional.empty();

    private Locking() {}

    public static void main(String[] args) throws Exception {
        Path lock = Path.of(System.getProperty("rig.file"));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(answer(line, lock));
        }
    }

    private static String answer(String line, Path lock) throws Exception {
        switch (line) {
            case "take":
                held = RiggedLock.take(lock, Duration.ZERO);
                return held.isPresent() ? "taken" : "busy";
            case "give back":
                held.orElseThrow().close();
                return "given back";
            default:
                Locker own = RiggedLock::take;
                return "met " + own.crowd(lock, Integer.parseInt(line));
        }
    }
}
