/**
 * The {@code json} body codec (id {@code j}), on Jackson 3.
 */
@NullMarked
package io.teleport.codec.json;

import org.jspecify.annotations.NullMarked;
