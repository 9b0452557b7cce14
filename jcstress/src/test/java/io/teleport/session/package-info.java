/**
 * Stress tests of sessions, in the room of what they test.
 */
@NullMarked
package io.teleport.session;

import org.jspecify.annotations.NullMarked;
