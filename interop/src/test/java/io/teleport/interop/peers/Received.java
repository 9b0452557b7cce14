package io.teleport.interop.peers;

import io.teleport.message.Metadata;

/**
 * A CALL whose handler has begun, or a PUSH.
 *
 * @param session id of the session at the receiving side
 * @param codec codec id of the body
 * @param filters filter ids as characters, outermost first; of a CALL only
 * @param text body of a PUSH; empty for a CALL
 */
public record Received(String method, String session, int codec, String filters, Metadata metadata, String text) {}
