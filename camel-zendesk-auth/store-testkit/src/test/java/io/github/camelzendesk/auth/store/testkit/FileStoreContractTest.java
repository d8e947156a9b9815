package io.github.camelzendesk.auth.store.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class FileStoreContractTest extends SettingsStoreContract {
    @TempDir
    Path directory;

    @Override
    protected String location() {
        return file().toString();
    }

    @Override
    protected byte @Nullable [] stored(String name) throws IOException {
        return Files.exists(file()) ? Files.readAllBytes(file()) : null;
    }

    @Override
    protected void overwrite(String name, byte[] content) throws IOException {
        Files.write(file(), content);
    }

    @Override
    protected boolean isForMany() {
        return false;
    }

    private Path file() {
        return directory.resolve("settings").resolve("acme.json");
    }
}
