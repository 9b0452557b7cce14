/** Many clients in a process of its own, the profile {@code fleet}, that dial again when the service is restarted, and tell how they came back. */
@NullMarked
package io.teleport.sample.fleet;

import org.jspecify.annotations.NullMarked;
