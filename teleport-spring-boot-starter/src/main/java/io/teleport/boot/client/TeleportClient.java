package io.teleport.boot.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An interface whose methods call or push to a remote peer. Interfaces in the packages of the application become beans; for others see
 * {@link EnableTeleportClients}.
 *
 * <p>Each method has a {@link io.teleport.boot.handler.CallMapping} or a {@link io.teleport.boot.handler.PushMapping}, or is a default method. It takes the
 * body (one parameter at the most), and {@link io.teleport.boot.handler.Meta} and {@link io.teleport.message.Metadata} parameters, which are sent as
 * metadata.
 *
 * <ul>
 *   <li>A CALL gives the result, a {@link io.teleport.session.Reply} of it, nothing, or a {@link java.util.concurrent.CompletableFuture} of any of
 *       these; cancelling the future forgets the call.
 *   <li>A PUSH gives nothing, and returns when the message is queued, or a {@code CompletableFuture<Void>} that completes when it was sent.
 * </ul>
 *
 * A call that does not succeed throws the {@link io.teleport.message.StatusException} of its status, or fails the future with it; a {@code Reply} tells
 * it instead. Where there is no connection the status is 105, see {@link io.teleport.boot.Teleport#session}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface TeleportClient {

    /** Name of the peer that dials, {@code teleport.peers.<name>}. Placeholders are resolved. */
    String peer();

    /** What the paths of its methods begin with; joined as in a controller. Placeholders are resolved. Nothing by default. */
    String path() default "";
}
