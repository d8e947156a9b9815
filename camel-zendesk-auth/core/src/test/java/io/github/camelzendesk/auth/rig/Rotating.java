package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/** The child of the crash matrix: rotates, and halts at a step that is given, or goes on until it is killed. */
public final class Rotating {
    static final int HALTED = 77;

    private Rotating() {}

    public static void main(String[] args) {
        int haltAt = Integer.getInteger("rig.haltAt", Integer.MAX_VALUE);
        AtomicInteger step = new AtomicInteger();
        boolean[] armed = {false};
        Steps halting = name -> {
            if (armed[0] && step.getAndIncrement() == haltAt) {
                halt(name, HALTED);
            }
        };
        Connection connection = RiggedManager.connection(
                System.getProperty("rig.url"), System.getProperty("rig.client"), System.getProperty("rig.secret"), "");
        TokenManager manager = RiggedManager.open(
                connection,
                RiggedFiles.store(
                        Path.of(System.getProperty("rig.file")),
                        System.getProperty("rig.url"),
                        System.getProperty("rig.client"),
                        halting),
                halting);
        manager.authorization().join();
        System.out.println("ready");
        armed[0] = true;
        rotate(manager, Integer.getInteger("rig.rotations", 1));
        halt("", 0);
    }

    /** One halt only: a look at the file may be at the step while the rotation is over, and its name tells which won. */
    private static synchronized void halt(String name, int status) {
        if (!name.isEmpty()) {
            System.out.println(name);
        }
        Runtime.getRuntime().halt(status);
    }

    private static void rotate(TokenManager manager, int times) {
        for (int i = 0; i < times; i++) {
            try {
                manager.refresh().join();
            } catch (CompletionException e) {
                System.out.println("error " + e.getCause());
                return;
            }
        }
    }
}
