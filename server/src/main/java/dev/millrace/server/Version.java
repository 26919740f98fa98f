package dev.millrace.server;

import java.util.Optional;

/** Which version this is. */
public final class Version {
    /** As the jar's manifest says; of classes outside a jar nobody can say. */
    public static final String CURRENT = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
