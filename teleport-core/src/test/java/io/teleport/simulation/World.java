package io.teleport.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and the one thread of a simulation. Whatever is ready to run is an {@link Actor}; which of them takes its next step, and whether time goes on
 * meanwhile, is decided by the seed.
 */
final class World {

    /** Something that takes one step at a time. */
    interface Actor {

        boolean isReady();

        void step();
    }

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** What happens without somebody asking for it takes no longer than this. */
    private static final int STEPS = 400_000;

    private static final long MICROS = 1_000;

    static final long MILLIS = 1_000 * MICROS;

    /** How far time may run ahead of those that are ready: threads that are slow, but not for ever. */
    private static final long LONGEST_DELAY = 20 * MILLIS;

    final SplittableRandom random;

    final History history = new History();

    private final PriorityQueue<Event> events = new PriorityQueue<>();

    private final List<Actor> actors = new ArrayList<>();

    private final List<SimLoop> loops = new ArrayList<>();

    private final int slowness;

    private final boolean byPriority;

    private long now = 1_000_000_000L;

    private long eventCount;

    private long steps;

    private @Nullable Actor favourite;

    private @Nullable Throwable found;

    World(long seed) {
        this.random = new SplittableRandom(seed);
        this.slowness = chance(1, 3) ? 8 : 64;
        this.byPriority = chance(1, 2);
    }

    long now() {
        return now;
    }

    boolean chance(int of, int outOf) {
        return random.nextInt(outOf) < of;
    }

    /** From nothing to less than the bound, mostly little. */
    long some(long bound) {
        long scale = random.nextLong(bound) + 1;
        return random.nextLong(scale);
    }

    void add(Actor actor) {
        actors.add(actor);
        if (actor instanceof SimLoop loop) {
            loops.add(loop);
        }
    }

    void remove(Actor actor) {
        actors.remove(actor);
    }

    /** Has something happen later, by itself. */
    Runnable after(long nanos, Runnable action) {
        Event event = new Event(now + Math.max(0, nanos), eventCount++, action);
        events.add(event);
        return () -> events.remove(event);
    }

    /** Notes a violation; thrown, it may be caught on its way, and still ends the schedule. */
    Violation violation(String guarantee, String what) {
        Violation violation = new Violation(guarantee, what);
        log("VIOLATION " + violation.getMessage());
        if (found == null) {
            found = violation;
        }
        return violation;
    }

    /** Runs something of the simulation where exceptions are swallowed. */
    void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            if (found == null) {
                found = e;
            }
            throw e;
        }
    }

    private void throwFound() {
        if (found instanceof RuntimeException e) {
            throw e;
        }
        if (found instanceof Error e) {
            throw e;
        }
    }

    void log(String what) {
        history.add(now, what);
    }

    long steps() {
        return steps;
    }

    /** Runs until nothing is ready and nothing will be, or the limit has come. */
    void run(long limit) {
        while (true) {
            throwFound();
            if (steps++ > STEPS) {
                throw new Violation("G4", "no rest after " + STEPS + " steps");
            }
            List<Actor> ready = ready();
            long next = nextTime();
            if (ready.isEmpty() || (next - now <= LONGEST_DELAY && chance(1, slowness))) {
                if (next > limit || (next == Long.MAX_VALUE)) {
                    if (ready.isEmpty()) {
                        now = limit == Long.MAX_VALUE ? now : Math.max(now, limit);
                        return;
                    }
                } else {
                    now = Math.max(now, next);
                    happen();
                    continue;
                }
            }
            now += random.nextInt(20) * MICROS;
            choose(ready).step();
        }
    }

    private List<Actor> ready() {
        List<Actor> ready = new ArrayList<>();
        for (Actor actor : actors) {
            if (actor.isReady()) {
                ready.add(actor);
            }
        }
        return ready;
    }

    /** Either anybody, or one for a while, which is how long delays of the others come about. */
    private Actor choose(List<Actor> ready) {
        if (byPriority && favourite != null && ready.contains(favourite) && !chance(1, 16)) {
            return favourite;
        }
        Actor chosen = ready.get(random.nextInt(ready.size()));
        favourite = chosen;
        return chosen;
    }

    private void happen() {
        while (!events.isEmpty() && events.peek().at() <= now) {
            events.poll().action().run();
        }
    }

    private long nextTime() {
        Event event = events.peek();
        long next = event == null ? Long.MAX_VALUE : event.at();
        for (SimLoop loop : loops) {
            next = Math.min(next, loop.nextTimer());
        }
        return next;
    }

    /** Event loops on which timers are set. */
    long loopsWithTimers() {
        return loops.stream().filter(SimLoop::hasTimers).count();
    }

    int eventsToCome() {
        return events.size();
    }
}
