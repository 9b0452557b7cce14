package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/** A bean whose {@link CallMapping} and {@link PushMapping} methods handle what other peers send. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface TeleportController {

    /** As {@link #path()}. Unlike in other stereotypes it does not name the bean. */
    @AliasFor("path")
    String value() default "";

    /**
     * What the paths of its methods begin with, such as {@code math}: the peer's service method mapper makes {@code /math} or {@code math} of it.
     * Placeholders are resolved. Nothing by default.
     */
    @AliasFor("value")
    String path() default "";

    /** Names of the peers whose sessions it serves, accepted and dialed ones alike. All by default. */
    String[] peers() default {};

    /**
     * Classes of plugin beans for the routes of this controller, in this order; they run after the peer's and take part only where routes do
     * ({@link io.teleport.router.Router#with}). Such a bean is no plugin of the peers.
     */
    Class<? extends Plugin>[] plugins() default {};
}
