/** The README's Java, compiled and run; {@link io.teleport.readme.ReadmeTests} holds the two together. */
@NullMarked
package io.teleport.readme;

import org.jspecify.annotations.NullMarked;
