package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a CALL reaches. In a {@link TeleportController} a method that handles it; in a declarative client a method that makes it.
 *
 * <p>A handler takes, in any order, the body (one parameter at the most), {@link io.teleport.router.CallContext}, {@link io.teleport.session.Session},
 * {@link io.teleport.session.Principal}, {@link io.teleport.message.Metadata}, {@link Meta} and {@link SessionAttribute} parameters. Where nobody is logged in, a principal that
 * is not {@code @Nullable} is answered with 401. The handler gives a value, a {@link java.util.concurrent.CompletionStage} or nothing; a
 * {@link io.teleport.message.StatusException} becomes the status of the reply.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface CallMapping {

    /**
     * Path. Below a prefix, the peer's service method mapper joins both; without one it is the service method as it stands. The mapper's name for the
     * method if omitted. Placeholders are resolved.
     */
    String value() default "";

    /**
     * Whether the handler runs on the event loop: faster, but if it blocks, every connection of that loop stops. Default no; without meaning in a
     * client.
     */
    boolean inline() default false;

    /** Whether the handler's thread is interrupted, and a future of it cancelled, when nobody waits for the result any more. Default no; without meaning in a client. */
    boolean interruptible() default false;

    /** Whether messages of one connection are handled one after another, together with other such routes. Default as the peer; without meaning in a client. */
    boolean inOrder() default false;

    /** Metadata key by whose value messages are handled one after another. Default as the peer; without meaning in a client. */
    String orderedBy() default "";

    /** Classes of plugin beans for this route, which run after those of the controller. Such a bean is no plugin of the peers. */
    Class<? extends Plugin>[] plugins() default {};
}
