/**
 * Unix domain sockets: connections between processes of one machine, through a file.
 */
@NullMarked
package io.teleport.transport.unix;

import org.jspecify.annotations.NullMarked;
