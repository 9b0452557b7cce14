/**
 * The run log: a line for each call and push, with its cost and, if wanted, what it carried; never what is secret.
 */
@NullMarked
package io.teleport.plugin.runlog;

import org.jspecify.annotations.NullMarked;
