/** What the cells of the codec table send: one sample, in the form that each codec can write on the Java side. */
@NullMarked
package io.teleport.interop.bodies;

import org.jspecify.annotations.NullMarked;
