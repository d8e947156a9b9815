package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.properties.tree.Properties;
import org.openrewrite.yaml.tree.Yaml;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Takes credentials out of the configuration, and writes the named connections that routes need. Immutable. */
public final class MigrateProperties extends ModulesRecipe {
    @Option(displayName = SUBDOMAIN, description = SUBDOMAIN_HELP, example = "acme", required = false)
    private final @Nullable String subdomain;

    @Option(displayName = CONNECTION, description = CONNECTION_HELP, example = "support", required = false)
    private final @Nullable String connection;

    /**
     * @param subdomain of one account; null for all accounts
     * @param connection the name of its connection; null for the subdomain
     */
    @JsonCreator
    public MigrateProperties(
            @JsonProperty("subdomain") @Nullable String subdomain,
            @JsonProperty("connection") @Nullable String connection) {
        super(new Accounts(subdomain, connection));
        this.subdomain = subdomain;
        this.connection = connection;
    }

    public @Nullable String getSubdomain() {
        return subdomain;
    }

    public @Nullable String getConnection() {
        return connection;
    }

    @Override
    public String getDisplayName() {
        return "Take Zendesk credentials out of properties";
    }

    @Override
    public String getDescription() {
        return "In `application.properties`, `application.yml` and those of profiles: the API tokens and passwords of camel-zendesk and zendesk-auth become client credentials, whose values are placeholders for variables of the environment, and each connection that routes of the module need is added. Secrets are removed and written nowhere. Where there is no such file none is made.";
    }

    @Override
    @Nullable
    Tree changed(SourceFile file, Module module, ExecutionContext ctx) {
        if (!Modules.isConfiguration(file.getSourcePath())) {
            return file;
        }
        if (file instanceof Properties.File properties) {
            return new PropertiesConfiguration(accounts, module).changed(properties);
        }
        return file instanceof Yaml.Documents
                ? new YamlConfiguration(accounts, module).changed((Yaml.Documents) file, ctx)
                : file;
    }
}
