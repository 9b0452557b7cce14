package io.teleport.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails a test run in which a reference-counted buffer was collected without being released. JUnit finds this listener
 * through {@code META-INF/services}, so every module that has the class on its test class path is guarded.
 */
public final class LeakGuard implements LauncherSessionListener {

    private final LeakRecorderFactory recorders = new LeakRecorderFactory();

    /** Runs before any test class is loaded, hence before Netty's classes ask the factory for their detectors. */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(recorders);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        GarbageCollection.complete();
        var leaked = recorders.leaked();
        if (!leaked.isEmpty()) {
            throw new AssertionError("Leaked in this test run: " + leaked + "; where, say the lines marked LEAK above");
        }
    }
}
