/**
 * Service methods in any case: a plugin that makes them lower-case before they are routed.
 */
@NullMarked
package io.teleport.plugin.ignorecase;

import org.jspecify.annotations.NullMarked;
