package io.teleport.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test run in which a reference-counted buffer was collected without being released. JUnit finds this listener
 * through {@code META-INF/services}, so every module that has the class on its test class path is guarded. Only mutation
 * testing, which opens a session for each single test, switches it off, by the system property
 * {@value #UNGUARDED}.
 */
public final class LeakGuard implements LauncherSessionListener {

    static final String UNGUARDED = "teleport.leaks.unguarded";

    private final LeakRecorderFactory recorders = new LeakRecorderFactory();

    /** Runs before any test class is loaded, hence before Netty's classes ask the factory for their detectors. */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean(UNGUARDED)) {
            return;
        }
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(recorders);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (Boolean.getBoolean(UNGUARDED)) {
            return;
        }
        GarbageCollection.complete();
        var leaked = recorders.leaked();
        if (!leaked.isEmpty()) {
            throw new AssertionError("Leaked in this test run: " + leaked + "; where, say the lines marked LEAK above");
        }
    }
}
