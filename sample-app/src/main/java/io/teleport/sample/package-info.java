/**
 * A small microservice on the Teleport starter.
 */
@NullMarked
package io.teleport.sample;

import org.jspecify.annotations.NullMarked;
