package io.github.camelzendesk.auth.rig;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/** A child that begins a rotation and then waits to be told to end, as a service does. */
public final class Lingering {
    private Lingering() {}

    public static void main(String[] args) throws InterruptedException {
        String url = System.getProperty("rig.url");
        String client = System.getProperty("rig.client");
        TokenManager manager = RiggedManager.open(
                RiggedManager.connection(
                        url, client, System.getProperty("rig.secret"), System.getProperty("rig.refreshToken")),
                RiggedFiles.store(Path.of(System.getProperty("rig.file")), url, client, Steps.NONE),
                Steps.NONE);
        manager.authorization().cancel(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("ending")));
        System.out.println("begun");
        new CountDownLatch(1).await();
    }
}
