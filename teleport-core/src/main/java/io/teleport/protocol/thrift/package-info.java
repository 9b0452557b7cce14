/**
 * The two protocols of Go Teleport that are Thrift on the wire: messages in THeader frames, with the status and the metadata as headers. The body
 * lies in the message as bytes of any codec ({@link io.teleport.protocol.thrift.ThriftBinaryProtocol}) or as the Thrift struct that it is
 * ({@link io.teleport.protocol.thrift.ThriftStructProtocol}). All written by hand; libthrift is not needed.
 */
@NullMarked
package io.teleport.protocol.thrift;

import org.jspecify.annotations.NullMarked;
