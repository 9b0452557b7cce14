/**
 * Sessions: calls and pushes over a socket, the table of calls that wait for a reply, graceful closing, and the registry of sessions.
 */
@NullMarked
package io.teleport.session;

import org.jspecify.annotations.NullMarked;
