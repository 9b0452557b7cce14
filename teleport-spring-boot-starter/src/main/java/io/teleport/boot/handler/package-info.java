/**
 * Annotated handlers: the annotations, the search for controller beans, and the binding of metadata to parameters.
 */
@NullMarked
package io.teleport.boot.handler;

import org.jspecify.annotations.NullMarked;
