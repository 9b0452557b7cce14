package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what a PUSH reaches. In a {@link TeleportController} a method that handles it; in a declarative client a method that makes it.
 *
 * <p>A handler takes what {@link CallMapping} says, but {@link io.teleport.router.PushContext} instead of a call context, and gives nothing or a
 * {@code CompletionStage<Void>}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface PushMapping {

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
