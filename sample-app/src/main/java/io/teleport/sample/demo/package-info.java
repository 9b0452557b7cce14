/** A client in the same process that shows the service at work; switched off with {@code sample.demo=false}. */
@NullMarked
package io.teleport.sample.demo;

import org.jspecify.annotations.NullMarked;
