package io.github.camelzendesk.auth.cli;

import java.util.Map;
import java.util.TreeMap;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "verify",
        description = "Asks Zendesk who we are. Never uses up a refresh token.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Zendesk knows the credentials, or only a refresh could tell.",
            "3:It does not, or a login is needed."
        })
final class VerifyCommand extends ConnectionCommand {
    @CommandLine.Option(names = "--json", description = "Prints a JSON object.")
    private boolean json;

    VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        return onDemand((connection, manager) -> {
            Map<String, Object> identity = await(manager.verify());
            print(json ? Json.text(identity) : sentence(connection.name(), identity));
            return ExitCode.OK;
        });
    }

    private static String sentence(String connection, Map<String, Object> identity) {
        if (!Boolean.TRUE.equals(identity.get("verified"))) {
            return "Connection '" + connection + "' could not be verified: " + identity.get("reason") + ".";
        }
        Map<String, Object> rest = new TreeMap<>(identity);
        rest.remove("verified");
        return "Connection '" + connection + "' is known to Zendesk: " + rest;
    }
}
