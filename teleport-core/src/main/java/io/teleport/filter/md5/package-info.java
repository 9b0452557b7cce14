/**
 * The md5 transfer filter: a checksum behind the content. It finds accidents, not attackers.
 */
@NullMarked
package io.teleport.filter.md5;

import org.jspecify.annotations.NullMarked;
