package io.teleport.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Hands Netty detectors that log a leak as usual and also remember it. */
final class LeakRecorderFactory extends ResourceLeakDetectorFactory {

    private final Queue<LeakRecorder<?>> recorders = new ConcurrentLinkedQueue<>();
    private final Queue<String> leaked = new ConcurrentLinkedQueue<>();

    @Override
    @SuppressWarnings("deprecation") // the only abstract method is a deprecated one
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int samplingInterval, long maxActive) {
        return newResourceLeakDetector(type, samplingInterval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int samplingInterval) {
        var recorder = new LeakRecorder<T>(type, samplingInterval, leaked);
        recorders.add(recorder);
        return recorder;
    }

    /** Returns the types of what has leaked so far, one entry for each place where it did. */
    List<String> leaked() {
        recorders.forEach(LeakRecorder::reportNow);
        return List.copyOf(leaked);
    }
}
