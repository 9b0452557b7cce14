/**
 * The JSON protocol: a header and a body as one JSON object, quoted as Go quotes. Behind a size and the filters
 * ({@link io.teleport.protocol.json.JsonProtocol}), or alone in a WebSocket message (its sub-protocol).
 */
@NullMarked
package io.teleport.protocol.json;

import org.jspecify.annotations.NullMarked;
