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
        List<String> all = List.of(arguments);
        // Read once, before the first logger is made.
        System.setProperty(LEVEL, all.contains("--debug") ? "debug" : all.contains("--verbose") ? "info" : "off");
        Stream.of("showThreadName", "showLogName")
                .forEach(property -> System.setProperty("org.slf4j.simpleLogger." + property, "false"));
        System.exit(run(CommandContext.ofProcess(), arguments));
    }

    /** Runs one command, and returns its exit code. */
    static int run(CommandContext context, String... arguments) {
        return commandLine(context).execute(arguments);
    }

    static CommandLine commandLine(CommandContext context) {
        CommandLine line = new CommandLine(ZendeskAuth.class, new Factory(context));
        Errors errors = new Errors(context);
        line.setOut(context.terminal().out())
                .setErr(context.terminal().err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false)
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
