/**
 * The aes-gcm transfer filter: authenticated encryption under a ring of keys. Go Teleport has no such filter; both ends must be ours, or
 * speak the layout that {@link io.teleport.filter.aesgcm.AesGcmFilter} describes.
 */
@NullMarked
package io.teleport.filter.aesgcm;

import org.jspecify.annotations.NullMarked;
