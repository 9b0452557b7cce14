/**
 * Routes: service methods, the handlers behind them, how handlers are bound and invoked, and what they get as context.
 */
@NullMarked
package io.teleport.router;

import org.jspecify.annotations.NullMarked;
