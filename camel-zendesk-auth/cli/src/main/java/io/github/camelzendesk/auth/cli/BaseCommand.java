package io.github.camelzendesk.auth.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;

/** What all commands have: what surrounds them, and the arguments that each one takes. For one thread. */
abstract class BaseCommand implements Callable<Integer> {
    final CommandContext context;

    @CommandLine.Mixin
    private final CommonArguments common = new CommonArguments();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    CommandLine.Model.CommandSpec spec;

    BaseCommand(CommandContext context) {
        this.context = context;
    }

    void print(String line) {
        context.terminal().out().println(line);
    }

    /** Tells the person, beside the output that a program may read. */
    void tell(String line) {
        context.terminal().err().println(line);
    }
}
