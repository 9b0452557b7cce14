/**
 * The default binary protocol of Go Teleport, {@code raw}.
 */
@NullMarked
package io.teleport.protocol.raw;

import org.jspecify.annotations.NullMarked;
