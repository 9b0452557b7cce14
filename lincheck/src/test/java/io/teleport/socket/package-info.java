/** Models of what many threads change at once in this room, checked with Lincheck; here for the sake of types nobody else may use. */
@NullMarked
package io.teleport.socket;

import org.jspecify.annotations.NullMarked;
