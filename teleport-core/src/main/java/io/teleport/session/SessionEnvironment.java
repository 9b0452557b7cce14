package io.teleport.session;

import io.teleport.codec.Bodies;
import io.teleport.codec.BodyCodec;
import io.teleport.filter.TransferFilters;
import java.util.concurrent.Executor;

/**
 * What all sessions of a peer share.
 *
 * @param defaultCodec codec of bodies whose sender names none
 * @param completions runs completions of asynchronous calls and disconnect hooks; must not refuse
 * @param dispatcher handles calls and pushes of the other side
 */
public record SessionEnvironment(
        SessionSettings settings,
        Bodies bodies,
        BodyCodec defaultCodec,
        TransferFilters filters,
        SessionHooks hooks,
        CallObserver observer,
        Executor completions,
        MessageDispatcher dispatcher,
        SessionRegistry registry) {}
