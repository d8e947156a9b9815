package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A settings file whose tokens grow old at once. Stateless. */
final class StoredFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StoredFile() {}

    /** As it would look, had the tokens been obtained that much earlier. */
    static void age(Path file, Duration by) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(file.toFile());
        for (String member : new String[] {"obtained_at", "expires_at", "refresh_token_expires_at"}) {
            json.put(member, Instant.parse(json.path(member).asText()).minus(by).toString());
        }
        json.remove("checksum");
        Files.write(file, MAPPER.writeValueAsBytes(json));
    }
}
