/**
 * The codec table: each codec, set of filters and kind of message over each wire. {@link io.teleport.interop.cells.GoLimits} lists what Go itself
 * cannot do; {@link io.teleport.interop.cells.CellTable} prints what came out.
 */
@NullMarked
package io.teleport.interop.cells;

import org.jspecify.annotations.NullMarked;
