package io.teleport.socket;

import java.time.Duration;

/**
 * Limits of a socket.
 *
 * @param messageLimit bytes of a message at the most, both ways, also after decompression
 * @param outboundLimit bytes that may wait to be written; a single larger message is accepted when nothing else waits
 * @param outboundPolicy what becomes of a write for which there is no room
 * @param outboundWait how long a writer that names no time of its own waits for room, if that is the policy
 * @param handshakeTimeout how long the handshake of the transport may take
 * @param frameTimeout how long a frame that has begun may take to arrive whole, and written bytes may make no progress
 * @param closeTimeout how long closing waits for accepted frames to be written
 */
public record SocketSettings(
        int messageLimit,
        long outboundLimit,
        OutboundPolicy outboundPolicy,
        Duration outboundWait,
        Duration handshakeTimeout,
        Duration frameTimeout,
        Duration closeTimeout) {}
