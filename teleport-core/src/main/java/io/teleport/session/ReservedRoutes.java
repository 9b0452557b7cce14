package io.teleport.session;

/** Service methods that belong to the framework: every one that begins with {@value #PREFIX}. */
public final class ReservedRoutes {

    public static final String PREFIX = "/teleport/";

    private ReservedRoutes() {}

    /** Whether applications cannot have it. */
    public static boolean contains(String serviceMethod) {
        return serviceMethod.startsWith(PREFIX);
    }
}
