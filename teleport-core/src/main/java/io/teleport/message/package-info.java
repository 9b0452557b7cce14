/**
 * What one message is made of: its type, its metadata, its status, and the text rules they share on the wire. The
 * lowest room of the house: it knows no other, and everything here is either immutable or owned by one thread.
 */
@NullMarked
package io.teleport.message;

import org.jspecify.annotations.NullMarked;
