package io.github.camelzendesk.auth.cli;

import java.util.concurrent.Callable;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "completion", description = "Prints the completion for bash and zsh: source <(zendesk-auth completion)")
final class CompletionCommand implements Callable<Integer> {
    private final CommandContext context;

    @CommandLine.Mixin
    private final CommonArguments common = new CommonArguments();

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandLine.Model.CommandSpec spec;

    CompletionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.terminal()
                .out()
                .print(AutoComplete.bash("zendesk-auth", spec.root().commandLine()));
        context.terminal().out().flush();
        return ExitCode.OK;
    }
}
