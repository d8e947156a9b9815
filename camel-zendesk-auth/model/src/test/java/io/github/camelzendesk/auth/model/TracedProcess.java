package io.github.camelzendesk.auth.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.Connection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.oauth.internal.refresh.RiggedManager;
import io.github.camelzendesk.auth.rig.Steps;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreProvider.BeanLookup;
import io.github.camelzendesk.auth.settings.SettingsStores;
import io.github.camelzendesk.auth.settings.internal.file.RiggedFiles;

/**
 * The child of the traces: a process with one manager, which does what the lines say that it reads, answers each with a
 * line, and tells of its steps. {@code token}: uses a token. {@code newer}: the same after a 401. {@code refresh}: asks
 * for another. {@code halt N}: halts at the step of that number from now on. {@code full N}: the write to the disk of
 * that number from now on fails.
 */
public final class TracedProcess implements Steps {
    static final int HALTED = 77;

    private final String name = "p" + ProcessHandle.current().pid();
    private final EventLog events = new EventLog(Path.of(System.getProperty("rig.events")));
    private final AtomicInteger stepsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final TokenManager manager;

    private TracedProcess(String url, String client, String location) {
        events.tell(name, "start", EventLog.member("l", EventLog.quoted(System.getProperty("rig.login"))));
        Connection connection = RiggedManager.connection(
                url, client, System.getProperty("rig.secret"), System.getProperty("rig.refreshToken"));
        SettingsStore store = location.startsWith("jdbc:")
                ? database(location, url, client)
                : RiggedFiles.store(Path.of(location), url, client, this);
        manager = RiggedManager.openAround(
                connection,
                new RecordedStore(store, name, events),
                this,
                server -> new RecordedServer(server, name, events));
    }

    static SettingsStore database(String location, String url, String client) {
        return SettingsStores.open(location, "rig", SettingsCodec.of(url, client, null), new BeanLookup() {
            @Override
            public <T> T find(String bean, Class<T> type) {
                throw new IllegalArgumentException("no bean " + bean);
            }
        });
    }

    public static void main(String[] args) throws IOException {
        TracedProcess process = new TracedProcess(
                System.getProperty("rig.url"), System.getProperty("rig.client"), System.getProperty("rig.location"));
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(process.does(line));
        }
        process.manager.close();
        System.exit(0);
    }

    @Override
    public void at(String step) throws IOException {
        if (step.equals("write") && writesLeft.getAndDecrement() == 0) {
            throw new RiggedFiles.ShortWrite();
        }
        if (stepsLeft.getAndDecrement() == 0) {
            System.out.println("halted at " + step);
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private String does(String line) {
        int number = Integer.parseInt("0" + line.replaceAll("\\D", ""));
        if (number > 0) {
            (line.startsWith("halt") ? stepsLeft : writesLeft).set(number - 1);
            return "armed";
        }
        events.tell(name, "asks", EventLog.member("k", EventLog.quoted(line)));
        try {
            long generation = generation(line);
            events.tell(name, "uses", EventLog.member("gen", String.valueOf(generation)));
            return "uses " + generation;
        } catch (CompletionException e) {
            String why = e.getCause() instanceof AuthorizationRequired required
                    ? EventLog.why(required.reason().name())
                    : EventLog.quoted("later");
            events.tell(name, "fails", EventLog.member("why", why));
            return "fails " + why + " " + e.getCause();
        }
    }

    private long generation(String line) {
        if (line.equals("refresh")) {
            manager.refresh().join();
        } else if (line.equals("newer")) {
            manager.reject(manager.authorization().join().generation());
        }
        return manager.authorization().join().generation();
    }
}
