/** What the sample must bear from whoever reaches its ports. */
@NullMarked
package io.teleport.sample.hostile;

import org.jspecify.annotations.NullMarked;
