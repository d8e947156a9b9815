package io.github.camelzendesk.auth.rig;

import java.io.IOException;

/** What a rigged rotation tells of each of its steps, before and after. Implementations may throw, or end the process. */
@FunctionalInterface
public interface Steps {
    Steps NONE = step -> {};

    void at(String step) throws IOException;
}
