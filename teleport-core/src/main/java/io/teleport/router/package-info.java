/**
 * Which handler a message goes to: routes for CALL and PUSH, and how service methods are named.
 */
@NullMarked
package io.teleport.router;

import org.jspecify.annotations.NullMarked;
