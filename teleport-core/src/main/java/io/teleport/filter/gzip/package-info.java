/**
 * The gzip transfer filter, with a cap on what a compressed frame may expand to.
 */
@NullMarked
package io.teleport.filter.gzip;

import org.jspecify.annotations.NullMarked;
