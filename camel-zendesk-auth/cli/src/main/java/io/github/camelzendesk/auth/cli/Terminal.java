package io.github.camelzendesk.auth.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.settings.Secret;

/** What a command reads and prints, and whether a person is at the other end. For one thread. */
final class Terminal {
    /** The streams of a process. */
    enum Stream {
        IN,
        OUT,
        ERR
    }

    private static final String PROPERTY = "zendesk-auth.terminals";

    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<Stream> terminals;
    private final Function<String, char @Nullable []> hiddenPrompt;

    /**
     * @param terminals the streams that are a person's terminal
     * @param hiddenPrompt asks without echo; gives null when nobody can be asked
     */
    Terminal(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Set<Stream> terminals,
            Function<String, char @Nullable []> hiddenPrompt) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
        this.err = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
        this.terminals = terminals;
        this.hiddenPrompt = hiddenPrompt;
    }

    /** That of this process. */
    static Terminal ofProcess() {
        Set<Stream> terminals = EnumSet.noneOf(Stream.class);
        for (Stream stream : Stream.values()) {
            if (isTerminal(stream)) {
                terminals.add(stream);
            }
        }
        return new Terminal(System.in, System.out, System.err, terminals, Terminal::askConsole);
    }

    /** Java 17 cannot tell one stream's: the launcher does, and on Linux what the descriptor is a link to. */
    private static boolean isTerminal(Stream stream) {
        String told = System.getProperty(PROPERTY);
        if (told != null) {
            return told.indexOf('0' + stream.ordinal()) >= 0;
        }
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream.ordinal()))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    private static char @Nullable [] askConsole(String prompt) {
        Console console = System.console();
        return console == null ? null : console.readPassword("%s", prompt);
    }

    PrintWriter out() {
        return out;
    }

    /** Whether something of the output could not be written: a file on a full disk, a pipe that nobody reads. */
    boolean isOutputLost() {
        return out.checkError();
    }

    PrintWriter err() {
        return err;
    }

    boolean is(Stream stream) {
        return terminals.contains(stream);
    }

    /** Asks on the error stream, so that the output can go into a file; null at the end of the input. */
    @Nullable
    String ask(String prompt) {
        err.print(prompt);
        err.flush();
        return readLine();
    }

    /** Whether a person agrees; nobody does who cannot be asked. */
    boolean confirms(String question) {
        if (!is(Stream.IN)) {
            return false;
        }
        String answer = ask(question + " [y/N] ");
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /**
     * Asks for a secret, without echo.
     *
     * @param remedy how to give it where nobody can be asked
     * @throws ConfigurationRefused when nobody can be asked, or nothing was given
     */
    Secret askSecret(String prompt, String remedy) {
        char[] typed = hiddenPrompt.apply(prompt);
        if (typed == null || typed.length == 0) {
            throw new ConfigurationRefused(typed == null ? "There is no terminal to ask at. " + remedy : remedy);
        }
        return Secret.of(new String(typed));
    }

    /** The next line of the input; null at its end. */
    @Nullable
    String readLine() {
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("The standard input cannot be read", e);
        }
    }
}
