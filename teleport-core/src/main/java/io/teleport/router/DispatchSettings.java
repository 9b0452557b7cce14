package io.teleport.router;

import io.teleport.codec.Bodies;
import io.teleport.filter.TransferFilters;
import io.teleport.session.CallObserver;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What dispatching needs to know.
 *
 * @param executor runs handlers; refuses by {@link java.util.concurrent.RejectedExecutionException}, which becomes a status
 * @param ordering order in which handlers run where their route does not say otherwise
 * @param orderKey key of the messages, with {@link Ordering#KEY} only
 * @param contextAge how long the handling of a message may take from its start; zero for any time
 * @param includeCause whether the text of an unexpected exception is sent to the caller
 */
public record DispatchSettings(
        Bodies bodies,
        TransferFilters filters,
        RouterHooks hooks,
        CallObserver observer,
        Executor executor,
        Ordering ordering,
        @Nullable OrderKey orderKey,
        Duration contextAge,
        boolean includeCause) {}
