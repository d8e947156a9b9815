package io.github.camelzendesk.auth.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;

/** A command that is nothing without one of its subcommands. For one thread. */
abstract class Group implements Callable<Integer> {
    private final CommandContext context;

    @CommandLine.Mixin
    private final CommonArguments common = new CommonArguments();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandLine.Model.CommandSpec spec;

    Group(CommandContext context) {
        this.context = context;
    }

    @Override
    public final Integer call() {
        spec.commandLine().usage(context.terminal().err());
        return ExitCode.USAGE;
    }
}
