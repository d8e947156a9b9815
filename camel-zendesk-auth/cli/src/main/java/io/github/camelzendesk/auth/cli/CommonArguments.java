package io.github.camelzendesk.auth.cli;

import picocli.CommandLine;

/** What each command takes. */
final class CommonArguments {
    @CommandLine.Option(names = "--verbose", description = "Logs what happens, on the error stream.")
    boolean verbose;

    @CommandLine.Option(names = "--debug", description = "Logs more, with stack traces.")
    boolean debug;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;
}
