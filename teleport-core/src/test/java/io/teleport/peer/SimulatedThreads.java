package io.teleport.peer;

import io.teleport.session.RedialTimer;
import io.teleport.transport.Transports;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/** Threads of a peer for simulations: lets them reach what only this package may. */
public abstract class SimulatedThreads {

    protected abstract Transports.Loops loops();

    protected abstract Executor handlers();

    protected abstract Executor completions();

    protected abstract RedialTimer timer();

    protected abstract void runCloser(Runnable closer);

    protected abstract boolean await(Future<?> end, Duration limit);

    protected abstract void endTimer();

    protected abstract boolean endPools(Duration limit);

    /** Has the peer run by these. */
    public final Peer build(PeerBuilder builder) {
        return builder.threads(options -> new Adapter(this)).build();
    }

    private record Adapter(SimulatedThreads simulated) implements PeerThreads {

        @Override
        public Transports.Loops loops() {
            return simulated.loops();
        }

        @Override
        public Executor handlers() {
            return simulated.handlers();
        }

        @Override
        public Executor completions() {
            return simulated.completions();
        }

        @Override
        public RedialTimer timer() {
            return simulated.timer();
        }

        @Override
        public void runCloser(Runnable closer) {
            simulated.runCloser(closer);
        }

        @Override
        public boolean await(Future<?> end, Duration limit) {
            return simulated.await(end, limit);
        }

        @Override
        public void endTimer() {
            simulated.endTimer();
        }

        @Override
        public boolean endPools(Duration limit) {
            return simulated.endPools(limit);
        }
    }
}
