package io.github.camelzendesk.auth.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(name = "completion", description = "Prints the completion for bash and zsh: source <(zendesk-auth completion)")
final class CompletionCommand extends BaseCommand {
    CompletionCommand(CommandContext context) {
        super(context);
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
