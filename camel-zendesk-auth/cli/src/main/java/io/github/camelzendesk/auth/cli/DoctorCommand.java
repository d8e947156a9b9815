package io.github.camelzendesk.auth.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.github.camelzendesk.auth.cli.internal.connections.NamedConnection;
import io.github.camelzendesk.auth.cli.internal.doctor.Doctor;
import io.github.camelzendesk.auth.cli.internal.doctor.Finding;
import io.github.camelzendesk.auth.cli.internal.doctor.Level;
import io.github.camelzendesk.auth.oauth.ConfigurationRefused;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = {
            "Checks a connection, or each of the file, and says what to do: network, clock, OAuth client, redirect URL,"
                    + " callback port, where tokens are kept, and the tokens.",
            "Never uses up a refresh token. With client credentials it obtains one token, which ends after five minutes."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:All is well.",
            "2:The connection is named nowhere.",
            "10:Something may go wrong: see WARN.",
            "11:Something does not work: see FAIL."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  zendesk-auth doctor --connection acme",
            "  zendesk-auth doctor --json | jq -r '.[] | select(.level != \"OK\") | .remedy'"
        })
final class DoctorCommand extends ConnectionCommand {
    private static final Map<Level, String> COLOURS =
            Map.of(Level.OK, "green", Level.WARN, "yellow", Level.FAIL, "bold,red");

    @CommandLine.Option(names = "--json", description = "Prints a JSON array, one object a check.")
    private boolean json;

    DoctorCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Map<String, Finding>> examined = examined();
        print(json ? json(examined) : text(examined));
        return examined.values().stream()
                .flatMap(findings -> findings.values().stream())
                .map(Finding::level)
                .max(Level::compareTo)
                .orElse(Level.OK)
                .exit();
    }

    /** By connection. One that cannot be understood does not keep the others from being looked at. */
    private Map<String, Map<String, Finding>> examined() {
        Map<String, Map<String, Finding>> examined = new LinkedHashMap<>();
        List<NamedConnection> understood = new ArrayList<>();
        try {
            understood.addAll(arguments.selectable(context));
        } catch (ConfigurationRefused e) {
            Set<String> names = arguments.connections(context).names();
            if (names.isEmpty() || arguments.connection != null && !names.contains(arguments.connection)) {
                throw e;
            }
            (arguments.connection == null ? names : Set.of(arguments.connection))
                    .forEach(name -> select(name, understood, examined));
        }
        Doctor doctor = new Doctor(all(understood), context.environment(), context.clock(), LoginWait::isFree);
        understood.forEach(one -> examined.put(one.name(), doctor.examine(one)));
        return examined;
    }

    private void select(String name, List<NamedConnection> understood, Map<String, Map<String, Finding>> examined) {
        try {
            understood.add(arguments.selected(context, name));
        } catch (ConfigurationRefused e) {
            examined.put(name, Doctor.refused(e));
        }
    }

    /** The others of the file may use what is examined. One that cannot be understood is told where it is examined. */
    private List<NamedConnection> all(List<NamedConnection> examined) {
        List<NamedConnection> all = new ArrayList<>(examined);
        arguments.connections(context).names().forEach(name -> select(name, all, new LinkedHashMap<>()));
        return all;
    }

    private String text(Map<String, Map<String, Finding>> examined) {
        List<String> lines = new ArrayList<>();
        examined.forEach((connection, findings) -> {
            if (examined.size() > 1) {
                lines.add((lines.isEmpty() ? "" : System.lineSeparator()) + connection);
            }
            findings.forEach((check, finding) -> lines.add(line(check, finding)));
        });
        return String.join(System.lineSeparator(), lines);
    }

    private String line(String check, Finding finding) {
        String level = context.ansi()
                .string("@|" + COLOURS.get(finding.level()) + " " + String.format("%-4s", finding.level()) + "|@");
        return level + "  " + String.format("%-11s", check) + "  " + finding.seen() + "."
                + (finding.remedy().isEmpty() ? "" : " " + finding.remedy());
    }

    private static String json(Map<String, Map<String, Finding>> examined) throws JsonProcessingException {
        List<Map<String, Object>> objects = new ArrayList<>();
        examined.forEach((connection, findings) -> findings.forEach((check, finding) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("connection", connection);
            object.put("check", check);
            object.put("level", finding.level().name());
            object.put("seen", finding.seen());
            object.put("remedy", finding.remedy());
            objects.add(object);
        }));
        return Json.text(objects);
    }
}
