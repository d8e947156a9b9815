package io.github.camelzendesk.examples.jbang;

import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The Camel CLI as a process of its own: its main class is started by JBang, and has no main method. */
final class CamelCli {
    private CamelCli() {}

    public static void main(String... arguments) {
        CamelJBangMain.run(arguments);
    }
}
