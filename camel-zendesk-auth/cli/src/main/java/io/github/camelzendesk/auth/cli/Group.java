package io.github.camelzendesk.auth.cli;

/** A command that is nothing without one of its subcommands. For one thread. */
abstract class Group extends BaseCommand {
    Group(CommandContext context) {
        super(context);
    }

    @Override
    public final Integer call() {
        spec.commandLine().usage(context.terminal().err());
        return ExitCode.USAGE;
    }
}
