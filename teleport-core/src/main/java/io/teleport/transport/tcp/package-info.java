/**
 * TCP, on epoll where its native library is present, else on NIO.
 */
@NullMarked
package io.teleport.transport.tcp;

import org.jspecify.annotations.NullMarked;
