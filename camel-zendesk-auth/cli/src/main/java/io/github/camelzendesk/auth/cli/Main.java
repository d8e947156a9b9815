package io.github.camelzendesk.auth.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.stream.Stream;

import picocli.CommandLine;

/** The command {@code zendesk-auth}. Its arguments and exit codes are its interface. */
public final class Main {
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private static final int WIDTH = 110;

    private Main() {}

    public static void main(String[] arguments) {
        // Read once, before the first logger is made.
        System.setProperty(LEVEL, level(List.of(arguments)));
        // It would show the headers of requests, with what they are allowed by.
        System.setProperty("org.slf4j.simpleLogger.log.org.eclipse.jetty", "error");
        Stream.of("showThreadName", "showLogName")
                .forEach(property -> System.setProperty("org.slf4j.simpleLogger." + property, "false"));
        System.exit(run(CommandContext.ofProcess(), arguments));
    }

    /** What goes wrong in a short command is its message; a long one has only the log. */
    private static String level(List<String> arguments) {
        if (isDebugged(arguments)) {
            return "debug";
        }
        boolean isLong = Stream.of("serve", "exec").anyMatch(arguments::contains);
        return own(arguments).contains("--verbose") ? "info" : isLong ? "warn" : "off";
    }

    /** Whether these arguments ask for stack traces. */
    static boolean isDebugged(List<String> arguments) {
        return own(arguments).contains("--debug");
    }

    /** What follows {@code --} is another command's. */
    private static List<String> own(List<String> arguments) {
        return arguments.stream().takeWhile(argument -> !argument.equals("--")).toList();
    }

    /** Runs one command, and returns its exit code. */
    static int run(CommandContext context, String... arguments) {
        int exit = commandLine(context, arguments).execute(arguments);
        if (exit == ExitCode.OK && context.terminal().isOutputLost()) {
            context.terminal()
                    .err()
                    .println(
                            "zendesk-auth: The output cannot be written: its disk is full, or the program that reads it"
                                    + " has ended.");
            return ExitCode.USAGE;
        }
        return exit;
    }

    /** With the subcommands that these arguments need; without arguments, all. */
    static CommandLine commandLine(CommandContext context, String... arguments) {
        Factory factory = new Factory(context);
        CommandLine line = new CommandLine(ZendeskAuth.class, factory);
        ZendeskAuth.subcommands(arguments)
                .forEach((name, type) -> line.addSubcommand(name, new CommandLine(type, factory)));
        Errors errors = new Errors(context);
        line.setOut(context.terminal().out())
                .setErr(context.terminal().err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false)
                // curl -d @file means the file to curl, not to us.
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(context.ansi()))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        addOptions(line, context);
        line.setUsageHelpWidth(WIDTH);
        return line;
    }

    private static void addOptions(CommandLine line, CommandContext context) {
        if (line.getCommand() instanceof ConnectionCommand command) {
            command.arguments.addOptions(line.getCommandSpec(), context);
        }
        line.getSubcommands().values().forEach(sub -> addOptions(sub, context));
    }

    /** Gives the context to each command that asks for it. */
    private record Factory(CommandContext context) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(CommandContext.class).newInstance(context);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }
}
