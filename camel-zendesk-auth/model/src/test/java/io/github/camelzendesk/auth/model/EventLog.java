package io.github.camelzendesk.auth.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.github.camelzendesk.auth.settings.EndedGrant;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.PendingExchange;

/**
 * What is seen of a run, one event a line, in a file to which all its processes append: the order of the lines is the
 * order of the events. A line is a record of TLA+, in which tokens go by their fingerprints. Thread-safe.
 */
final class EventLog {
    private final FileChannel file;

    EventLog(Path path) {
        try {
            file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param members of the record, as {@code name |-> value} */
    void tell(String process, String event, String... members) {
        List<String> all = new ArrayList<>(List.of("e |-> " + quoted(event), "p |-> " + quoted(process)));
        all.addAll(List.of(members));
        // One write, so that nobody's line comes between.
        ByteBuffer line = StandardCharsets.UTF_8.encode("[" + String.join(", ", all) + "]\n");
        try {
            file.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String member(String name, String value) {
        return name + " |-> " + value;
    }

    static String quoted(String text) {
        return '"' + text + '"';
    }

    /** A token that {@link Trace} gives a number. */
    static String token(String fingerprint) {
        return "token(" + fingerprint + ")";
    }

    private static String login(String name) {
        return "login(" + name + ")";
    }

    static String settings(Optional<OAuthSettings> settings) {
        return settings.map(stored -> settings("person", stored))
                .orElseGet(() -> settings("-", OAuthSettings.empty("", "")));
    }

    private static String settings(String owner, OAuthSettings settings) {
        return "[own |-> " + quoted(owner) + ", lin |-> " + login(settings.lineage()) + ", gen |-> "
                + settings.generation()
                + ", tok |-> "
                + token(settings.tokens() == null ? "" : settings.tokens().fingerprint())
                + ", pend |-> " + note(settings.pending())
                + ", doubt |-> " + earlier(settings.pending())
                + ", end |-> " + end(settings.ended())
                + ", seen |-> {"
                + String.join(
                        ", ",
                        new TreeSet<>(settings.seenRefreshTokens().stream()
                                .map(EventLog::login)
                                .toList()))
                + "}]";
    }

    /** As {@code RotationTrace.Told} does: whose a note is counts while it is not over. */
    private static String note(PendingExchange note) {
        boolean over = note == null || note.mayTake().isZero();
        String by = over ? "free" : note.owner().replaceFirst("process (\\d+).*", "p$1");
        return "[t |-> " + token(note == null ? "" : note.fingerprint()) + ", over |-> " + (over ? "TRUE" : "FALSE")
                + ", by |-> " + quoted(by) + "]";
    }

    /** The other tokens that an answer may be lost of. The model says nothing of how often one token was sent. */
    private static String earlier(PendingExchange note) {
        Set<String> tokens = new TreeSet<>();
        PendingExchange next = note == null ? null : note.without(note.fingerprint());
        for (; next != null; next = next.earlier()) {
            tokens.add(token(next.fingerprint()));
        }
        return "{" + String.join(", ", tokens) + "}";
    }

    private static String end(EndedGrant ended) {
        if (ended == null) {
            return "[t |-> " + token("") + ", why |-> \"-\"]";
        }
        return "[t |-> " + token(ended.fingerprint()) + ", why |-> " + why(ended.reason()) + "]";
    }

    static String why(String reason) {
        return quoted(reason.equals("RESPONSE_LOST") ? "LOST" : reason.equals("NO_GRANT") ? "NoGrant" : reason);
    }
}
