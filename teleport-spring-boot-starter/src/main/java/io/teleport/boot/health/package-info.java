/**
 * Health of peers: whether they listen and are connected.
 */
@NullMarked
package io.teleport.boot.health;

import org.jspecify.annotations.NullMarked;
