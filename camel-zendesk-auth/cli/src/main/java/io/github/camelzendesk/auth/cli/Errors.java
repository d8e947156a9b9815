package io.github.camelzendesk.auth.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.camelzendesk.auth.oauth.AuthorizationRequired;
import io.github.camelzendesk.auth.oauth.ZendeskAuthException;

import picocli.CommandLine;

/** Tells of errors on one line, by the remedy. Thread-safe. */
final class Errors implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    private final CommandContext context;

    Errors(CommandContext context) {
        this.context = context;
    }

    @Override
    public int handleParseException(CommandLine.ParameterException error, String[] arguments) {
        Throwable cause = Stream.iterate((Throwable) error, Objects::nonNull, Throwable::getCause)
                .filter(ZendeskAuthException.class::isInstance)
                .findFirst()
                .orElse(error);
        print(firstLine(cause));
        PrintWriter err = context.terminal().err();
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(error, err) && cause == error) {
            err.println("Try '" + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
        Throwable cause = ConnectionCommand.cause(error);
        if (Main.isDebugged(parsed.originalArgs())) {
            cause.printStackTrace(context.terminal().err());
        }
        if (cause instanceof ZendeskAuthException known) {
            print(known.getMessage() + remedy(known, line));
            return ExitCode.of(known);
        }
        print("Unexpected " + cause.getClass().getSimpleName()
                + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
                + ". Repeat the command with --debug, and report what it prints.");
        return ExitCode.UNEXPECTED;
    }

    private static String remedy(ZendeskAuthException error, CommandLine line) {
        return error instanceof AuthorizationRequired && !line.getCommandName().equals("login")
                ? " Here: run 'zendesk-auth login'."
                : "";
    }

    private void print(String message) {
        context.terminal().err().println("zendesk-auth: " + message);
    }

    private static String firstLine(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
