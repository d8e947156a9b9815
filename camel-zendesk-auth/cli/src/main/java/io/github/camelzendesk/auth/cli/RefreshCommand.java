package io.github.camelzendesk.auth.cli;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.TokenManager;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "refresh",
        description = "Obtains a new token now.",
        footerHeading = "%nExample:%n",
        footer = "  zendesk-auth refresh --if-due    # in a CronJob: keeps a login alive that nothing else uses")
final class RefreshCommand extends ConnectionCommand {
    @CommandLine.Option(
            names = "--if-due",
            description =
                    "Only if the access token is about to expire, or the refresh token has used up most of its life.")
    private boolean ifDue;

    RefreshCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        return onDemand((connection, manager) -> {
            if (ifDue && !isOverdue(manager.status().tokens())) {
                return renewedByNeed(manager);
            }
            tell(await(manager.refresh()));
            return ExitCode.OK;
        });
    }

    /** Does nothing while the access token has time left. */
    private int renewedByNeed(TokenManager manager) throws InterruptedException {
        long before = generation(manager.status());
        await(manager.authorization());
        ConnectionStatus after = manager.status();
        if (generation(after) == before) {
            tell("Connection '" + after.connection() + "': nothing was due.");
        } else {
            tell(after);
        }
        return ExitCode.OK;
    }

    private boolean isOverdue(ConnectionStatus.@Nullable Tokens tokens) {
        return tokens != null
                && tokens.rotationDue() != null
                && context.clock().instant().isAfter(tokens.rotationDue());
    }

    private static long generation(ConnectionStatus status) {
        return status.settings() == null || status.settings().generation() == null
                ? 0
                : status.settings().generation();
    }

    private void tell(ConnectionStatus status) {
        ConnectionStatus.Tokens tokens = status.tokens();
        tell("Connection '" + status.connection() + "' has a new token, valid for "
                + Times.until(tokens == null ? null : tokens.expiresAt(), context.clock()) + ".");
    }
}
