/**
 * Remote peers by name, the connections kept to them, and declarative clients.
 */
@NullMarked
package io.teleport.boot.client;

import org.jspecify.annotations.NullMarked;
