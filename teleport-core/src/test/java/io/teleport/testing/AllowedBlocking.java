package io.teleport.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What may block on an event loop in tests, each with its reason. */
final class AllowedBlocking implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Where the event loop of in-memory channels waits for work; Netty's list has only those of real networks.
        builder.allowBlockingCallsInside("io.netty.channel.local.LocalIoHandler", "run");
        // The kernel's random numbers, for keys of WebSockets and of TLS: a file for the JDK, but reading it never
        // waits.
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
