/**
 * Auto-configuration of the health contributor, absent without Boot's health.
 */
@NullMarked
package io.teleport.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
