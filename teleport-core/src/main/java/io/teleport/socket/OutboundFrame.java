package io.teleport.socket;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A packed frame on its way out. */
record OutboundFrame(ByteBuf content, int size, @Nullable WriteListener listener) {}
