package io.github.camelzendesk.auth.store.testkit;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Settings in memory: what concerns bytes, and other processes, cannot be. */
class MemoryStoreContractTest extends SettingsStoreContract {
    private final String location = "memory:" + UUID.randomUUID();

    @Override
    protected String location() {
        return location;
    }

    @Override
    protected byte @Nullable [] stored(String name) {
        throw new UnsupportedOperationException("memory holds no bytes");
    }

    @Override
    protected void overwrite(String name, byte[] content) {
        throw new UnsupportedOperationException("memory holds no bytes");
    }

    @Override
    protected boolean isBytes() {
        return false;
    }

    @Override
    protected boolean isShared() {
        return false;
    }

    @Override
    protected boolean isForMany() {
        return false;
    }
}
