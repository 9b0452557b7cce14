/**
 * Auto-configuration: puts the rooms together out of properties and beans. Nothing below looks up at it.
 */
@NullMarked
package io.teleport.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
