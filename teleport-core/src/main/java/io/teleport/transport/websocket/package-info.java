/**
 * WebSocket (RFC 6455) on another transport: every message of Teleport is one message of WebSocket. HTTP is read by Netty's codec, an optional
 * dependency; the frames behind the upgrade are read and written here, so that the message limit, the frame timeout and the close reasons hold as
 * they do on TCP, and no byte is copied twice. No extension is negotiated, {@code permessage-deflate} included: whoever wants compression has
 * the gzip filter.
 */
@NullMarked
package io.teleport.transport.websocket;

import org.jspecify.annotations.NullMarked;
