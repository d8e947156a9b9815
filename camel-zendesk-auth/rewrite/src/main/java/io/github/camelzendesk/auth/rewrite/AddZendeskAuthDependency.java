package io.github.camelzendesk.auth.rewrite;

import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Option;
import org.openrewrite.SourceFile;
import org.openrewrite.Tree;
import org.openrewrite.xml.AddToTagVisitor;
import org.openrewrite.xml.tree.Xml;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Adds what named connections need to the pom of each module that will have some. Immutable. */
public final class AddZendeskAuthDependency extends ModulesRecipe {
    private static final String BOM = "<artifactId>zendesk-auth-bom</artifactId>";

    @Option(
            displayName = "Version",
            description = "Of camel-zendesk-auth. Left out where the pom imports `zendesk-auth-bom`.",
            example = "1.0.0")
    private final String version;

    @Option(displayName = SUBDOMAIN, description = SUBDOMAIN_HELP, example = "acme", required = false)
    private final @Nullable String subdomain;

    @Option(displayName = CONNECTION, description = CONNECTION_HELP, example = "support", required = false)
    private final @Nullable String connection;

    /**
     * @param version of camel-zendesk-auth
     * @param subdomain of one account; null for all accounts
     * @param connection the name of its connection; null for the subdomain
     */
    @JsonCreator
    public AddZendeskAuthDependency(
            @JsonProperty("version") String version,
            @JsonProperty("subdomain") @Nullable String subdomain,
            @JsonProperty("connection") @Nullable String connection) {
        super(new Accounts(subdomain, connection));
        this.subdomain = subdomain;
        this.connection = connection;
        this.version = version;
    }

    public String getVersion() {
        return version;
    }

    public @Nullable String getSubdomain() {
        return subdomain;
    }

    public @Nullable String getConnection() {
        return connection;
    }

    @Override
    public String getDisplayName() {
        return "Add camel-zendesk-auth to pom.xml";
    }

    @Override
    public String getDescription() {
        return "A module whose routes change gets `camel-zendesk-auth`, on Spring Boot `camel-zendesk-auth-starter`, and on"
                + " Quarkus `camel-quarkus-zendesk-auth`, unless its own `pom.xml` has it. Builds with Gradle stay as they are.";
    }

    @Override
    @Nullable
    Tree changed(SourceFile file, Module module, ExecutionContext ctx) {
        boolean isPom = file instanceof Xml.Document && file.getSourcePath().endsWith("pom.xml");
        return isPom && !module.connections().isEmpty() ? withDependency((Xml.Document) file, module, ctx) : file;
    }

    private Tree withDependency(Xml.Document pom, Module module, ExecutionContext ctx) {
        String text = pom.printAll();
        String artifact = "<artifactId>" + module.framework().artifact() + "</artifactId>";
        Xml.Tag dependencies = pom.getRoot().getChild("dependencies").orElse(null);
        if (text.contains(artifact) || dependencies == null) {
            return pom;
        }
        Xml.Tag dependency = Xml.Tag.build("<dependency>\n<groupId>io.github.camelzendesk</groupId>\n" + artifact + "\n"
                + (text.contains(BOM) ? "" : "<version>" + version + "</version>\n") + "</dependency>");
        return new AddToTagVisitor<ExecutionContext>(dependencies, dependency).visitNonNull(pom, ctx);
    }
}
