/**
 * Plugins: one small interface for each point at which code may look at, change or refuse what a peer does.
 */
@NullMarked
package io.teleport.plugin;

import org.jspecify.annotations.NullMarked;
