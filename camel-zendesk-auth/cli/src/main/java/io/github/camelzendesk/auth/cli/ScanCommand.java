package io.github.camelzendesk.auth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.cli.internal.migrate.Finding;
import io.github.camelzendesk.auth.cli.internal.migrate.Kind;
import io.github.camelzendesk.auth.cli.internal.migrate.Scan;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "scan",
        description = "Finds API tokens, passwords and Basic credentials of Zendesk in routes, properties and"
                + " configuration. Prints no secret.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:Nothing was found.", "2:A path is to be corrected.", "10:Something was found."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth migrate scan .",
            "  zendesk-auth migrate scan src deploy/.env --json | jq -r '.[].file' | sort -u"
        })
final class ScanCommand extends BaseCommand {
    static final int FOUND = 10;

    @CommandLine.Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "Files, and folders with all that is in them, but for .git, target, build, node_modules and the"
                            + " like, binary files and files of more than 1 MB.")
    private List<Path> paths = List.of();

    @CommandLine.Option(names = "--json", description = "Prints a JSON array, one object a finding.")
    private boolean json;

    ScanCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Scan scan = new Scan(file -> context.terminal().err().println(file + " cannot be read, and is left out."));
        List<Finding> findings = new ArrayList<>();
        paths.forEach(path -> findings.addAll(scan.of(path)));
        print(findings);
        return findings.isEmpty() ? ExitCode.OK : FOUND;
    }

    private void print(List<Finding> findings) throws JsonProcessingException {
        if (json) {
            context.terminal()
                    .out()
                    .println(Json.text(findings.stream().map(ScanCommand::map).toList()));
        } else if (findings.isEmpty()) {
            context.terminal().err().println("No API token, password or Basic credentials of Zendesk were found.");
        } else {
            context.terminal().out().println(table(findings));
            tellNext(findings);
        }
    }

    private static Map<String, @Nullable Object> map(Finding finding) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("file", finding.file());
        map.put("line", finding.line());
        map.put("kind", finding.kind().name());
        map.put("name", finding.name());
        map.put("connection", finding.connection());
        map.put("ends", finding.kind().ends());
        map.put("next", next(finding.connection()));
        return map;
    }

    private static Table table(List<Finding> findings) {
        Table table = new Table("WHERE", "WHAT", "NAME", "CONNECTION OR ACCOUNT");
        findings.forEach(one -> table.add(List.of(
                one.file() + ":" + one.line(),
                one.kind().shown(),
                one.name(),
                Objects.requireNonNullElse(one.connection(), "?"))));
        return table;
    }

    private void tellNext(List<Finding> findings) {
        findings.stream()
                .map(Finding::kind)
                .distinct()
                .sorted()
                .map(Kind::dates)
                .forEach(context.terminal().err()::println);
        context.terminal().err().println("Next: " + next(null));
    }

    private static String next(@Nullable String connection) {
        String name = connection == null || connection.endsWith(".zendesk.com") ? "NAME" : connection;
        return "zendesk-auth migrate --connection " + name + " goes from there to OAuth, for one connection"
                + (name.equals("NAME") ? "; zendesk-auth import FILE names it first." : ".");
    }
}
