package io.github.camelzendesk.auth.rig;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.camelzendesk.auth.settings.internal.file.RiggedLock;

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
     * @return how many times it was not what it should be
     */
    default int lost(Path lock, int turns, Callable<Boolean> isOwn) throws Exception {
        int lost = 0;
        for (int turn = 0; turn < turns; ) {
            Optional<? extends AutoCloseable> held = take(lock, Duration.ZERO);
            if (held.isPresent()) {
                turn++;
                try (AutoCloseable mine = held.get()) {
                    lost += isOwn.call() ? 0 : 1;
                }
            }
        }
        return lost;
    }

    /** The same in a crowd, each of whom leaves a mark while it has the lock: how many times somebody else's was there. */
    default int crowd(Path lock, int turns) throws Exception {
        return lost(lock, turns, () -> isAlone(lock.resolveSibling("inside")));
    }

    private static boolean isAlone(Path inside) throws IOException {
        try {
            Files.createFile(inside);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        return Files.deleteIfExists(inside);
    }
}
