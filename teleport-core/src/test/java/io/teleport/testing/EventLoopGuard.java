package io.teleport.testing;

import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Refuses every blocking call on an event loop, be it of the library, of Netty or of a test, and fails the test run in which there was one, even if
 * somebody swallowed the error. Event loops are the threads that Netty says must not block; all of Teleport's are among them. JUnit finds this
 * listener through {@code META-INF/services}, in every module; only those whose tests are guarded need BlockHound itself.
 *
 * <p>It is on where the system property {@value #GUARDED} is true, which comes with the JVM options that it needs from the parent pom; without those the
 * test run fails with the reason.
 */
public final class EventLoopGuard implements LauncherSessionListener {

    static final String GUARDED = "teleport.loops.guarded";

    private @Nullable Throwable notInstalled;

    /** Waits until tests are really run: Surefire also opens sessions within Maven, only to find the tests. */
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (!Boolean.getBoolean(GUARDED)) {
            return;
        }
        session.getLauncher().registerTestExecutionListeners(new TestExecutionListener() {
            @Override
            public void testPlanExecutionStarted(TestPlan plan) {
                install();
            }
        });
    }

    private void install() {
        try {
            RefusedBlocking.install();
        } catch (RuntimeException | Error e) {
            // JUnit would log it and go on; it is thrown when the session ends.
            notInstalled = e;
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (notInstalled != null) {
            throw new IllegalStateException("Event loops were not guarded in this test run", notInstalled);
        }
        if (Boolean.getBoolean(GUARDED)) {
            RefusedBlocking.OF_THIS_RUN.check();
        }
    }
}
