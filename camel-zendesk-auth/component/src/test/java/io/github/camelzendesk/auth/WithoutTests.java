package io.github.camelzendesk.auth;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, which the compatibility matrix has in a jar and ArchUnit knows by their folder only. */
public final class WithoutTests implements ImportOption {
    private final ImportOption folders = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return folders.includes(location) && !location.contains("-tests.jar");
    }
}
