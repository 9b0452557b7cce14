/**
 * The {@code plain} body codec (id {@code s}): text and single scalar values.
 */
@NullMarked
package io.teleport.codec.plain;

import org.jspecify.annotations.NullMarked;
