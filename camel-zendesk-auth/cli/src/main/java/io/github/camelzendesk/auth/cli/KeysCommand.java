package io.github.camelzendesk.auth.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.connections.OwnerOnlyFile;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;
import io.github.camelzendesk.auth.oauth.SettingsUnavailable;
import io.github.camelzendesk.auth.options.Options;
import io.github.camelzendesk.auth.settings.OAuthSettings;
import io.github.camelzendesk.auth.settings.SettingsStore;
import io.github.camelzendesk.auth.settings.SettingsStoreException;
import io.github.camelzendesk.auth.settings.SettingsTransaction;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "keys",
        description = "Makes and changes the key that encrypts the stored tokens.",
        subcommands = {KeysCommand.Make.class, KeysCommand.Change.class})
final class KeysCommand extends Group {
    private static final int KEY_BYTES = 32;

    KeysCommand(CommandContext context) {
        super(context);
    }

    @Command(
            name = "make",
            description = "Makes a key for oauthSettingsSecretKey: 256 random bits in base64.",
            footerHeading = "%nExample:%n",
            footer = "  zendesk-auth keys make --out acme.key")
    static final class Make extends BaseCommand {
        @CommandLine.Option(
                names = "--out",
                paramLabel = "FILE",
                description = "A new file for it, of this user's alone.")
        private @Nullable Path file;

        @CommandLine.Option(names = "--show", description = "Prints it on a terminal too, where others may see it.")
        private boolean show;

        Make(CommandContext context) {
            super(context);
        }

        @Override
        public Integer call() {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            String text = Base64.getEncoder().encodeToString(key);
            if (file != null) {
                OwnerOnlyFile.create(file, text + System.lineSeparator());
                context.terminal()
                        .err()
                        .println("The key is in " + file + ". Keep a copy elsewhere: without it the stored"
                                + " tokens are lost.");
            } else if (context.terminal().is(Terminal.Stream.OUT) && !show) {
                throw new ConfigurationRefused(
                        "The output is a terminal, where a key stays readable: say --out FILE, pipe it,"
                                + " or say --show.");
            } else {
                context.terminal().out().println(text);
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "change",
            description = "Encrypts the stored tokens of a connection with another key.",
            footerHeading = "%nIn this order, so that running applications can read them at any time:%n",
            footer = {
                "  1. zendesk-auth keys make --out new.key",
                "  2. In the applications: oauthSettingsSecretKey=OLD,NEW. The first writes, all read.",
                "  3. zendesk-auth keys change --connection acme --new-key-file new.key",
                "  4. In the applications and here: oauthSettingsSecretKey=NEW."
            })
    static final class Change extends ConnectionCommand {
        private static final Duration PATIENCE = Duration.ofSeconds(30);

        @CommandLine.Option(
                names = "--new-key-file",
                paramLabel = "FILE",
                required = true,
                description = "A file that holds the new key; - is the standard input.")
        private String newKey = "";

        Change(CommandContext context) {
            super(context);
        }

        @Override
        public Integer call() throws InterruptedException {
            NamedConnection connection = arguments.selected(context).withoutLogin();
            String old = connection.options().find(Options.OAUTH_SETTINGS_SECRET_KEY);
            String fresh = ConnectionArguments.read(newKey, "--new-key-file", context);
            NamedConnection both =
                    connection.with(Options.OAUTH_SETTINGS_SECRET_KEY, old == null ? fresh : fresh + "," + old);
            try {
                rewrite(connection.name(), both.store());
            } catch (SettingsStoreException e) {
                throw new SettingsUnavailable("Connection '" + connection.name() + "': " + e.getMessage(), e);
            }
            tell("The tokens of connection '" + connection.name() + "' are encrypted with the new key. Now set"
                    + " oauthSettingsSecretKey to it alone.");
            return ExitCode.OK;
        }

        private static void rewrite(String connection, SettingsStore store) throws InterruptedException {
            Optional<SettingsTransaction> begun = store.begin(PATIENCE);
            if (begun.isEmpty()) {
                throw new SettingsStoreException(
                        "another process is at " + store.identity() + " for longer than 30 s. Repeat the command");
            }
            try (SettingsTransaction transaction = begun.get()) {
                OAuthSettings settings = transaction
                        .load()
                        .orElseThrow(() -> new ConfigurationRefused("Connection '" + connection
                                + "' has nothing stored at " + store.identity() + ": log in first."));
                transaction.reserve();
                transaction.save(settings);
            }
        }
    }
}
