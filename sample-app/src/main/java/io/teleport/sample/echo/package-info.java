/** Answers with what it was given, at once or later. */
@NullMarked
package io.teleport.sample.echo;

import org.jspecify.annotations.NullMarked;
