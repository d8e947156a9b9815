package io.github.camelzendesk.auth.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.TokenManager;

import picocli.CommandLine;

/** A command that is about a connection. For one thread. */
abstract class ConnectionCommand extends BaseCommand {
    @CommandLine.Mixin
    final ConnectionArguments arguments = new ConnectionArguments();

    ConnectionCommand(CommandContext context) {
        super(context);
    }

    /** What a command does with a manager that it opened for one call. */
    @FunctionalInterface
    interface Work {
        int with(NamedConnection connection, TokenManager manager) throws Exception;
    }

    /** Opens the manager of the selected connection for a few calls. */
    int onDemand(Work work) throws Exception {
        return onDemand(arguments.selected(context).withoutLogin(), work);
    }

    int onDemand(NamedConnection connection, Work work) throws Exception {
        try (TokenManager manager = connection.manager().openOnDemand()) {
            return work.with(connection, manager);
        }
    }

    /** The result, waited for. */
    static <T> T await(CompletableFuture<T> promised) throws InterruptedException {
        try {
            return promised.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** What went wrong, without the wrappers of futures. */
    static Throwable cause(Throwable error) {
        return (error instanceof ExecutionException || error instanceof CompletionException) && error.getCause() != null
                ? cause(error.getCause())
                : error;
    }
}
