package io.github.camelzendesk.auth.cli.internal.doctor;

/** One thing that can be wrong. It changes nothing, and takes a few seconds at the most. */
@FunctionalInterface
interface Check {
    /** @throws Exception when it could not be made */
    Finding run() throws Exception;
}
