package io.github.camelzendesk.auth.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "options", description = "Lists the options of a connection.")
final class OptionsCommand implements Callable<Integer> {
    private final CommandContext context;

    @CommandLine.Mixin
    private final CommonArguments common = new CommonArguments();

    OptionsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.terminal().out().println(ConnectionArguments.list());
        return ExitCode.OK;
    }
}
