package io.teleport.session;

import java.time.Duration;

/**
 * Limits and defaults of sessions.
 *
 * @param callTimeout how long a call waits for its reply unless it says otherwise
 * @param closeTimeout how long a graceful close waits for running handlers and pending calls
 * @param sessionAge how long a session may live, zero for ever
 * @param retryAfter how long others are told to leave the address of this peer alone when it shuts down
 * @param pendingLimit calls of ours that may wait for a reply on one session
 * @param handlerLimit calls and pushes of the other side that may be handled at once on one session
 * @param inboundLimit bytes of such calls and pushes that may be held at once on one session; a single larger one is accepted
 */
public record SessionSettings(
        Duration callTimeout,
        Duration closeTimeout,
        Duration sessionAge,
        Duration retryAfter,
        int pendingLimit,
        int handlerLimit,
        long inboundLimit) {}
