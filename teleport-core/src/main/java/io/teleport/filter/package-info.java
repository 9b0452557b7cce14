/**
 * Transfer filters: reversible transformations of the packed message (compression, checksums, encryption), applied as an ordered pipe
 * that the sender names in every frame.
 */
@NullMarked
package io.teleport.filter;

import org.jspecify.annotations.NullMarked;
