/**
 * Protocols: how a message lies on the wire. The SPI is {@link io.teleport.protocol.Protocol}; every implementation has a room of its
 * own below this one.
 */
@NullMarked
package io.teleport.protocol;

import org.jspecify.annotations.NullMarked;
