/**
 * The {@code xml} body codec (id {@code x}), on Jackson's XML module, which the application has to bring.
 */
@NullMarked
package io.teleport.codec.xml;

import org.jspecify.annotations.NullMarked;
