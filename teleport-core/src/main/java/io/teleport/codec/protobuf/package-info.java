/**
 * The {@code protobuf} body codec (id {@code p}), on protobuf-java, which the application has to bring.
 */
@NullMarked
package io.teleport.codec.protobuf;

import org.jspecify.annotations.NullMarked;
