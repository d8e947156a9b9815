package io.github.camelzendesk.auth.cli;

import picocli.CommandLine.Command;

@Command(name = "options", description = "Lists the options of a connection.")
final class OptionsCommand extends BaseCommand {
    OptionsCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        print(ConnectionArguments.list());
        return ExitCode.OK;
    }
}
