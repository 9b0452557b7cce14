/**
 * The {@code form} body codec (id {@code f}): URL-encoded pairs.
 */
@NullMarked
package io.teleport.codec.form;

import org.jspecify.annotations.NullMarked;
