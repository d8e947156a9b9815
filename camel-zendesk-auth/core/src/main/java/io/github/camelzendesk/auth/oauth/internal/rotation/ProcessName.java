package io.github.camelzendesk.auth.oauth.internal.rotation;

import io.github.camelzendesk.auth.settings.internal.LogSafeText;

/** Who this process is, for the person who reads a settings file. Stateless. */
final class ProcessName {
    /** The process, and the host where the environment tells it: in containers every process is number 1. */
    static final String NAME = "process " + ProcessHandle.current().pid() + host();

    private ProcessName() {}

    private static String host() {
        String host = System.getenv("HOSTNAME") == null ? System.getenv("COMPUTERNAME") : System.getenv("HOSTNAME");
        return host == null || host.isBlank() ? "" : " on " + LogSafeText.oneLine(host);
    }
}
