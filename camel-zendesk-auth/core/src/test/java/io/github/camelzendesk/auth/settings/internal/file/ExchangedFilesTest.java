package io.github.camelzendesk.auth.settings.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** S5: what takes the place of a file between the look at it and its opening. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a link takes a privilege there")
class ExchangedFilesTest {
    @TempDir
    Path directory;

    private Path file;
    private Path victim;
    private final FileOperations files = new NioFileOperations(new NioFileOperations.Opening() {
        @Override
        public FileChannel channel(Path path, OpenOption... options) throws IOException {
            exchange();
            return FileChannel.open(path, options);
        }

        @Override
        public InputStream stream(Path path, OpenOption... options) throws IOException {
            exchange();
            return NioFileOperations.Opening.super.stream(path, options);
        }
    });

    @BeforeEach
    void writeBoth() throws IOException {
        file = directory.resolve("s.json");
        victim = directory.resolve("victim");
        for (Path path : new Path[] {file, victim}) {
            new NioFileOperations().create(path);
            new NioFileOperations().write(path, "untouched".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aLinkIsNotFollowedOnReading() {
        assertThatThrownBy(() -> files.read(file, 100)).isInstanceOf(IOException.class);
    }

    @Test
    void aLinkIsNotFollowedOnWriting() {
        assertThatThrownBy(() -> files.write(file, "overwritten".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThat(victim).hasContent("untouched");
    }

    private void exchange() throws IOException {
        Files.delete(file);
        Files.createSymbolicLink(file, victim);
    }
}
