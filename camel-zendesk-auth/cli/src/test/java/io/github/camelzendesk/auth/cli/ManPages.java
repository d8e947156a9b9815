package io.github.camelzendesk.auth.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Writes a man page for each command, in AsciiDoc, for the profile {@code man}. Stateless. */
public final class ManPages {
    private ManPages() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        CommandLine.Model.CommandSpec all =
                Main.commandLine(CommandContext.ofProcess()).getCommandSpec();
        int exit = ManPageGenerator.generateManPage(new File(folder.toString()), null, new boolean[0], true, all);
        if (exit != 0) {
            throw new IOException("The man pages could not be written to " + folder + " (" + exit + ")");
        }
    }
}
