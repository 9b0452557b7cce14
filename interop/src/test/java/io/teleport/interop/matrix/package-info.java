/** Collects what became of each case in each pairing and prints it as a table when the run ends. */
@NullMarked
package io.teleport.interop.matrix;

import org.jspecify.annotations.NullMarked;
