package io.github.camelzendesk.auth.cli;

import io.github.camelzendesk.auth.oauth.ConnectionStatus;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.oauth.TokenEndpointUnavailable;

import picocli.CommandLine.Command;

@Command(
        name = "logout",
        description =
                "Ends the login at Zendesk, then erases its tokens here. Erases nothing while Zendesk cannot be reached.")
final class LogoutCommand extends ConnectionCommand {
    LogoutCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        return onDemand((connection, manager) -> {
            requireReadable(manager.status());
            try {
                await(manager.revoke());
            } catch (TokenEndpointUnavailable | SettingsUnavailable e) {
                tell("Connection '" + connection.name()
                        + "' is still logged in, and its tokens are still stored: repeat the"
                        + " command when the cause below is gone. In a hurry, delete the token in Admin Center.");
                throw e;
            }
            tell("Connection '" + connection.name() + "' is logged out: Zendesk has ended the login, and its tokens are"
                    + " erased here.");
            return ExitCode.OK;
        });
    }

    /** A client would get a token just to revoke it, and what cannot be read cannot be erased. */
    private static void requireReadable(ConnectionStatus status) {
        ConnectionStatus.Settings settings = status.settings();
        if (settings != null && settings.unavailable() != null) {
            throw new SettingsUnavailable(
                    "Connection '" + status.connection() + "' is not logged out. " + settings.unavailable(), null);
        }
    }
}
