/** Limits on connections and on calls and pushes per second: for a peer as a whole, for each address, session and route. */
@NullMarked
package io.teleport.plugin.overload;

import org.jspecify.annotations.NullMarked;
