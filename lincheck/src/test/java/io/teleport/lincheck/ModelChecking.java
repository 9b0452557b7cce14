package io.teleport.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.concurrent.TimeUnit;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;

/** How far every model is checked: short unless the system property says otherwise. */
public final class ModelChecking {

    /** How many scenarios are made up for each model. */
    private static final int SCENARIOS = Integer.getInteger("teleport.lincheck.iterations", 8);

    /** How many schedules of each scenario are tried. */
    private static final int SCHEDULES = Integer.getInteger("teleport.lincheck.invocations", 100);

    private ModelChecking() {}

    /** Of schedules of whole sockets and sessions, which are long, so many times fewer are tried. */
    private static final int FEWER_OF_WHOLE = 2;

    /**
     * Runs scenarios of the model's operations under many schedules and compares what they return with what the specification would.
     *
     * @param model a class with operations
     * @param specification has the same operations, for one thread
     * @throws org.jetbrains.kotlinx.lincheck.LincheckAssertionError with the scenario and the schedule, if no order of the operations explains a result
     */
    public static void check(Class<?> model, Class<?> specification) {
        options(1).sequentialSpecification(specification).check(model);
    }

    /**
     * As {@link #check(Class, Class)}, for a model whose operations say nothing: what must hold is in its method marked with
     * {@link org.jetbrains.lincheck.datastructures.Validate}, which runs after each schedule.
     */
    public static void check(Class<?> model) {
        options(1).verifier(EpsilonVerifier.class).check(model);
    }

    /** As {@link #check(Class, Class)}, for a model of whole sockets. */
    public static void checkWhole(Class<?> model, Class<?> specification) {
        options(FEWER_OF_WHOLE).sequentialSpecification(specification).check(model);
    }

    /** As {@link #check(Class)}, for a model of whole sessions. */
    public static void checkWhole(Class<?> model) {
        options(FEWER_OF_WHOLE).verifier(EpsilonVerifier.class).check(model);
    }

    /** Two threads of three operations, with two before them and two after. */
    private static ModelCheckingOptions options(int fewer) {
        return new ModelCheckingOptions()
                // Taken as they are: each of their methods is one step.
                .addGuarantee(forClasses(name ->
                                name.startsWith("io.netty.buffer.") || name.startsWith("io.netty.util.internal."))
                        .allMethods()
                        .ignore())
                // A schedule in which threads wait for each other is found as such; the clock is for one that never
                // ends, and
                // its thirty seconds must not be what fails on a busy machine. Kotlin's way to write "internal".
                .invocationTimeout$lincheck(TimeUnit.MINUTES.toMillis(10))
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(Math.max(1, SCENARIOS / fewer))
                .invocationsPerIteration(Math.max(1, SCHEDULES / fewer));
    }
}
