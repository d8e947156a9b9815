package io.github.camelzendesk.auth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command at a terminal of its own, which script(1) gives it, driven from outside. For one thread. */
final class Pty implements AutoCloseable {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]|\r");

    private final Process process;
    private final InputStream screen;
    private final OutputStream keyboard;
    private final StringBuilder seen = new StringBuilder();
    private int read;

    Pty(Map<String, String> environment, String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("script", "-qfec", command, "/dev/null").redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        screen = process.getInputStream();
        keyboard = process.getOutputStream();
    }

    /** Waits until the screen shows this after what was waited for before, and returns the match. */
    Matcher await(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern);
        byte[] part = new byte[4096];
        while (true) {
            Matcher found = wanted.matcher(seen.substring(read));
            if (found.find()) {
                read += found.end();
                return found;
            }
            int length = screen.read(part);
            if (length < 0) {
                throw new AssertionError("The command ended before it showed " + pattern + ": " + seen);
            }
            show(new String(part, 0, length, StandardCharsets.UTF_8));
        }
    }

    private void show(String text) {
        seen.append(ESCAPES.matcher(text).replaceAll(""));
    }

    void type(String line) throws IOException {
        keyboard.write((line + "\r").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** What it showed until its end. */
    String rest() throws IOException {
        show(new String(screen.readAllBytes(), StandardCharsets.UTF_8));
        return seen.toString();
    }

    int exit() throws IOException, InterruptedException {
        rest();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The command does not end: " + seen);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
