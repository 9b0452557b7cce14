/**
 * Heartbeats: a small CALL or PUSH whenever a session was silent, so that a connection that died without a word is found, and closed. Interoperates with
 * the heartbeat plugins of Go Teleport.
 */
@NullMarked
package io.teleport.plugin.heartbeat;

import org.jspecify.annotations.NullMarked;
