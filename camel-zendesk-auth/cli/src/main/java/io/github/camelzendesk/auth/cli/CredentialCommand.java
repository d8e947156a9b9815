package io.github.camelzendesk.auth.cli;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.oauth.TokenManager;
import io.github.camelzendesk.auth.settings.Secret;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "credential",
        description =
                "Speaks to programs that ask a helper for credentials: git's protocol, kubectl's and that of the AWS"
                        + " tools.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  git config credential.https://acme.zendesk.com.helper '!zendesk-auth credential'",
            "  zendesk-auth credential get --format exec-credential   # the ExecCredential of kubectl",
            "  zendesk-auth credential get --format process           # JSON as from credential_process"
        })
final class CredentialCommand extends ConnectionCommand {
    /** What a caller asks for. */
    enum Action {
        GET,
        STORE,
        ERASE
    }

    /** How the answer looks. */
    enum Format {
        GIT,
        EXEC_CREDENTIAL,
        PROCESS
    }

    private static final String AUTHTYPE = "authtype";

    @CommandLine.Parameters(
            paramLabel = "get|store|erase",
            description =
                    "get prints the credential; erase says that it was refused, so that the next one is another; store"
                            + " does nothing, since the tokens are stored already.")
    private Action action = Action.GET;

    @CommandLine.Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "git (the default), exec-credential or process.")
    private Format format = Format.GIT;

    CredentialCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        if (action == Action.STORE) {
            return ExitCode.OK;
        }
        // kubectl and the AWS tools ask without a word.
        Map<String, String> asked = format == Format.GIT ? asked() : Map.of();
        return onDemand((connection, manager) -> {
            if (format == Format.GIT && !isOwn(asked, manager)) {
                return ExitCode.OK;
            }
            return action == Action.GET ? get(connection, manager, asked) : erase(connection, manager, asked);
        });
    }

    private Map<String, String> asked() {
        Map<String, String> attributes = new TreeMap<>();
        String line = context.terminal().readLine();
        while (line != null && !line.isEmpty()) {
            String[] parts = line.split("=", 2);
            attributes.merge(parts[0], parts.length == 2 ? parts[1] : "", (one, other) -> one + " " + other);
            line = context.terminal().readLine();
        }
        return attributes;
    }

    /** git asks each helper, and a token is for its own account alone. */
    private static boolean isOwn(Map<String, String> asked, TokenManager manager) {
        String protocol = asked.get("protocol");
        String host = asked.get("host");
        if (protocol == null || host == null || !isPlain(protocol, host)) {
            return false;
        }
        try {
            return manager.isOwn(URI.create(protocol + "://" + host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Of what goes beyond a host and its port, callers and we could understand different hosts. */
    private static boolean isPlain(String protocol, String host) {
        return protocol.matches("[A-Za-z]+") && host.matches("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    }

    private int get(NamedConnection connection, TokenManager manager, Map<String, String> asked) throws Exception {
        AccessToken token = AccessToken.of(connection, manager);
        print(
                switch (format) {
                    case GIT -> git(token, asked);
                    case EXEC_CREDENTIAL -> execCredential(token);
                    case PROCESS -> process(token);
                });
        return ExitCode.OK;
    }

    /** Of the helpers' page of git: a bearer token where the caller knows of those, else a password. */
    private static String git(AccessToken token, Map<String, String> asked) {
        boolean typed = asked.getOrDefault("capability[]", "").contains(AUTHTYPE);
        StringBuilder answer = new StringBuilder();
        if (typed) {
            answer.append("capability[]=authtype\nauthtype=Bearer\ncredential=");
        } else {
            answer.append("username=oauth2\npassword=");
        }
        answer.append(token.secret().reveal());
        if (token.expiresAt() != null) {
            answer.append("\npassword_expiry_utc=").append(token.expiresAt().getEpochSecond());
        }
        return answer.toString();
    }

    private String execCredential(AccessToken token) throws JsonProcessingException {
        Map<String, Object> status = new LinkedHashMap<>();
        if (token.expiresAt() != null) {
            status.put("expirationTimestamp", token.expiresAt().toString());
        }
        status.put("token", token.secret().reveal());
        String told = context.environment().getOrDefault("KUBERNETES_EXEC_INFO", "");
        Map<String, Object> credential = new LinkedHashMap<>();
        credential.put("apiVersion", "client.authentication.k8s.io/" + (told.contains("/v1beta1") ? "v1beta1" : "v1"));
        credential.put("kind", "ExecCredential");
        credential.put("status", status);
        return Json.text(credential);
    }

    private static String process(AccessToken token) throws JsonProcessingException {
        Map<String, Object> credential = new LinkedHashMap<>();
        credential.put("Version", 1);
        credential.put("TokenType", "Bearer");
        credential.put("Token", token.secret().reveal());
        if (token.expiresAt() != null) {
            credential.put("Expiration", token.expiresAt().toString());
        }
        return Json.text(credential);
    }

    /** The refused one is replaced at once, unless another program has done so already. */
    private static int erase(NamedConnection connection, TokenManager manager, Map<String, String> asked)
            throws InterruptedException {
        String refused = first(asked.get("password"), asked.get("credential"));
        AccessToken current = AccessToken.of(connection, manager);
        if (refused != null && current.secret().sameAs(Secret.of(refused))) {
            manager.reject(current.generation());
            await(manager.authorization());
        }
        return ExitCode.OK;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    static final class FormatConverter implements CommandLine.ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            try {
                return Format.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException("--format must be git, exec-credential or process.");
            }
        }
    }
}
