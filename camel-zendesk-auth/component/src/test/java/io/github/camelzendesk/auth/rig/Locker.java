package io.github.camelzendesk.auth.rig;

import java.lang.reflect.Method;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.settings.RiggedLock;

/** Takes the lock of a file, through the copy of the class that one class loader has. */
@FunctionalInterface
interface Locker {
    Optional<? extends AutoCloseable> take(Path lock, Duration patience) throws Exception;

    static Locker of(ClassLoader loader) throws ReflectiveOperationException {
        Method take = loader.loadClass(RiggedLock.class.getName()).getMethod("take", Path.class, Duration.class);
        return (lock, patience) -> (Optional<? extends AutoCloseable>) take.invoke(null, lock, patience);
    }

    /**
     * Takes the lock so many times without ever waiting, so that it is asked for at every moment of its release.
     *
     * @return how many times somebody else was there at the same time
     */
    default int crowd(Path lock, int turns) throws Exception {
        Path inside = lock.resolveSibling("inside");
        int met = 0;
        for (int turn = 0; turn < turns; ) {
            Optional<? extends AutoCloseable> held = take(lock, Duration.ZERO);
            if (held.isPresent()) {
                turn++;
                try (AutoCloseable mine = held.get()) {
                    met += isAlone(inside) ? 0 : 1;
                }
            }
        }
        return met;
    }

    private static boolean isAlone(Path inside) throws Exception {
        try {
            Files.createFile(inside);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        return Files.deleteIfExists(inside);
    }
}
