package io.teleport.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler's parameter that is an attribute of the session the message came over ({@link io.teleport.session.Session#attributes()}). Converted by
 * Spring's conversion service if it is of another type; if that fails, the message is answered 400.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface SessionAttribute {

    /** Name of the attribute; the name of the parameter if omitted. */
    String value() default "";

    /** Whether the handler needs it: a message over a session without it is answered 400. Otherwise the parameter is null, or an empty {@link java.util.Optional}. */
    boolean required() default true;
}
