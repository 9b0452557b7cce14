/**
 * What strangers send: each family of bad input as raw bytes, over real connections, against peers that serve others meanwhile.
 */
@NullMarked
package io.teleport.hostile;

import org.jspecify.annotations.NullMarked;
