/**
 * The HTTP protocol: calls as HTTP/1.1 requests, replies as responses, as Go's {@code httproto} has them, and a door for every other HTTP
 * client. Reads requests of both kinds with a parser of its own ({@link io.teleport.protocol.http.HttpProtocol}).
 */
@NullMarked
package io.teleport.protocol.http;

import org.jspecify.annotations.NullMarked;
