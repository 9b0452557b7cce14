/**
 * Body codecs: the value a handler or caller sees on one side, the bytes of a message body on the other. A codec is known by an id
 * (one byte on the wire) and a name; {@link io.teleport.codec.Bodies} decides when a codec is used at all.
 */
@NullMarked
package io.teleport.codec;

import org.jspecify.annotations.NullMarked;
