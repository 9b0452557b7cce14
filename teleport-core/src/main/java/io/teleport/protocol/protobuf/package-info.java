/**
 * The Protobuf protocol: a header and a body as one Protobuf message, written by hand because it has seven fields. Behind a size and the
 * filters ({@link io.teleport.protocol.protobuf.ProtobufProtocol}), or alone in a WebSocket message
 * (its sub-protocol).
 */
@NullMarked
package io.teleport.protocol.protobuf;

import org.jspecify.annotations.NullMarked;
