/**
 * Teleport in Spring Boot: the front door. What an application uses to reach its peers and to customize them; known to all rooms below this package.
 */
@NullMarked
package io.teleport.boot;

import org.jspecify.annotations.NullMarked;
