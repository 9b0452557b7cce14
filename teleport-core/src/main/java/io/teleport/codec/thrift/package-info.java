/**
 * The {@code thrift} body codec (id {@code t}), on libthrift, which the application has to bring.
 */
@NullMarked
package io.teleport.codec.thrift;

import org.jspecify.annotations.NullMarked;
