package io.github.camelzendesk.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A settings file as it may be shown to anybody. Immutable. */
final class SettingsFile {
    private static final String SCHEME = "file:";
    /** Named one by one: what a later version adds stays hidden until somebody has thought about it. */
    private static final Set<String> SHOWN = Set.of(
            "format",
            "url",
            "client_id",
            "lineage",
            "generation",
            "token_type",
            "scope",
            "obtained_at",
            "expires_at",
            "refresh_token_expires_at");

    private final Path path;

    private SettingsFile(Path path) {
        this.path = path;
    }

    /** The file of a connection; empty when its settings are kept elsewhere, or nothing is kept. */
    static Optional<SettingsFile> of(Map<String, Object> status) {
        return Optional.of(String.valueOf(status.get("settingsLocation")))
                .filter(location -> location.startsWith(SCHEME))
                .map(location -> Path.of(location.substring(SCHEME.length())))
                .filter(Files::isRegularFile)
                .map(SettingsFile::new);
    }

    static SettingsFile at(Path path) {
        return new SettingsFile(path);
    }

    Path path() {
        return path;
    }

    String permissions() throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                : "an access list with the owner alone";
    }

    /** Each member on a line, its value masked unless it is known to be harmless. */
    List<String> members() throws IOException {
        return json().properties().stream()
                .map(member -> member.getKey() + ": " + shown(member.getKey(), member.getValue()))
                .toList();
    }

    /** A secret, for asking the stand-in whether it still honours it. */
    String accessToken() throws IOException {
        return json().path("access_token").asText();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(path));
    }

    private static String shown(String name, JsonNode value) {
        return SHOWN.contains(name) ? value.asText() : "****";
    }
}
