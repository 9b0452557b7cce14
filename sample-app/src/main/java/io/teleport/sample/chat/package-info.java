/** A chat: who calls in joins a room and gets what others say there as pushes. */
@NullMarked
package io.teleport.sample.chat;

import org.jspecify.annotations.NullMarked;
