/**
 * What the tests of all modules share; packed into the test jar of teleport-core.
 */
@NullMarked
package io.teleport.testing;

import org.jspecify.annotations.NullMarked;
