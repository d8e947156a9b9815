package io.github.camelzendesk.auth.simulation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Optional;

import io.github.camelzendesk.auth.oauth.internal.refresh.SimulatedManagers;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsCodec;
import io.github.camelzendesk.auth.settings.SettingsOwner;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.internal.file.SimulatedDisk;

/** The real file store on a simulated disk. */
final class SimulatedFile extends Place {
    private final SettingsCodec codec = SettingsCodec.of(SimulatedManagers.PERSON, null);
    private final SimulatedDisk disk = new SimulatedDisk();
    private byte[] decoded;
    private Optional<OAuthSettings> seen = Optional.empty();

    SimulatedFile(Simulation simulation) {
        super(simulation);
    }

    @Override
    SettingsStore store(SimulatedProcess process, SettingsOwner owner) {
        return disk.store(owner, new Steps(process), process);
    }

    private final class Steps implements SimulatedDisk.Steps {
        private final SimulatedProcess process;

        Steps(SimulatedProcess process) {
            this.process = process;
        }

        @Override
        public void at(String operation) throws IOException {
            simulation.step(process);
            if (isBroken()) {
                throw operation.equals("read")
                        ? new IOException("Input/output error")
                        : new AccessDeniedException("/simulated");
            }
        }

        @Override
        public long deadline(Duration patience) {
            return simulation.now() + patience.toNanos();
        }

        @Override
        public boolean waitsUntil(long deadline) {
            return SimulatedFile.this.waitsUntil(process, deadline);
        }
    }

    @Override
    Optional<OAuthSettings> seen() {
        byte[] content = disk.content();
        if (content != decoded) {
            seen = content == null ? Optional.empty() : Optional.of(codec.decode(content, "the simulated file"));
            decoded = content;
        }
        return seen;
    }

    @Override
    Object copy() {
        return disk.content();
    }

    @Override
    void restore(Object copy) {
        disk.put((byte[]) copy);
        changed();
    }

    @Override
    void put(OAuthSettings settings) {
        disk.put(codec.encode(settings));
        changed();
    }

    @Override
    void release(SimulatedProcess process) {
        disk.release(process);
    }

    @Override
    void loseLock() {
        disk.deleteLockFile();
    }

    @Override
    void setFull(boolean full) {
        disk.setFull(full);
    }

    @Override
    void cutPower() {
        disk.cutPower(simulation.random);
    }

    @Override
    boolean hasRoom() {
        return !disk.hasNoRoom();
    }
}
