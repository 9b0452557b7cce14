package io.teleport.testing;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;

final class LeakRecorder<T> extends ResourceLeakDetector<T> {

    private final Queue<String> leaked;

    LeakRecorder(Class<T> type, int samplingInterval, Queue<String> leaked) {
        super(type, samplingInterval);
        this.leaked = leaked;
    }

    /** Netty looks for leaks only when it begins to track something, so this tracks something for a moment. */
    @SuppressWarnings("unchecked") // the detector keeps a weak reference and a hash, and never uses the object as a T
    void reportNow() {
        var probe = (T) new Object();
        var tracker = trackForcibly(probe);
        tracker.close(probe);
    }

    /** Netty reports only where its error log is on; the guard must not depend on a logger's level. */
    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        leaked.add(resourceType);
        super.reportTracedLeak(resourceType, records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        leaked.add(resourceType);
        super.reportUntracedLeak(resourceType);
    }
}
