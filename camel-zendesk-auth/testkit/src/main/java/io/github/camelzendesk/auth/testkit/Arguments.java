package io.github.camelzendesk.auth.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@link ZendeskServerMain}: a port, a lifetime of access tokens in seconds, and commands. Immutable.
 *
 * @param control the control port; null for none
 * @param commands what is to be done at the start
 */
record Arguments(int port, @Nullable Duration lifetime, @Nullable Integer control, List<Command> commands) {
    private static final int DEFAULT_PORT = 18_080;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** One command with its parameters, in the spelling of a form. Immutable. */
    record Command(String name, String form) {
        boolean isControl() {
            return name.equals("control");
        }

        /** The form may hold secrets. */
        @Override
        public String toString() {
            return "Command[" + name + "]";
        }
    }

    static Arguments of(String... args) {
        int plain = 0;
        while (plain < args.length && !args[plain].startsWith("--")) {
            plain++;
        }
        if (plain > 2) {
            throw new IllegalArgumentException("There are " + plain + " arguments before the first option: pass at most"
                    + " two, the port and the lifetime of access tokens in seconds.");
        }
        List<Command> commands = commands(args, plain);
        return new Arguments(
                plain > 0 ? port(args[0]) : DEFAULT_PORT,
                plain > 1 ? Duration.ofSeconds(seconds(args[1])) : null,
                control(commands),
                commands.stream().filter(command -> !command.isControl()).toList());
    }

    private static @Nullable Integer control(List<Command> commands) {
        Integer control = null;
        for (Command command : commands) {
            control = command.isControl() ? Integer.valueOf(port(command.form())) : control;
        }
        return control;
    }

    private static List<Command> commands(String[] args, int from) {
        List<Command> commands = new ArrayList<>();
        for (int i = from; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("After the options come values: pass --control and a port, or"
                        + " -- and the name of a command, and its parameters as in a form.");
            }
            commands.add(new Command(args[i].substring(2), args[i + 1]));
        }
        return commands;
    }

    private static int port(String text) {
        int port = number(text);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("\"" + text + "\" is not a port: pass a number from 1 to " + HIGHEST_PORT
                    + ", 0 for any free port, or nothing for " + DEFAULT_PORT + ".");
        }
        return port;
    }

    private static int seconds(String text) {
        int seconds = number(text);
        if (seconds < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not a lifetime of access tokens: pass whole"
                    + " seconds from 1 on, or nothing for Zendesk's 30 minutes.");
        }
        return seconds;
    }

    private static int number(String text) {
        return NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    }
}
