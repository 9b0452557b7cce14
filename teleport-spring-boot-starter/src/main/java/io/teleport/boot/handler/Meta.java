package io.teleport.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that travels as metadata: read from the message in a handler, added to it in a declarative client. Text, and whatever Spring's conversion
 * service makes of text and back; a collection or an array stands for all values of the key.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Meta {

    /** Key, case-sensitive; the name of the parameter if omitted. */
    String value() default "";

    /**
     * Whether a handler needs it: a message without it is answered 400. Otherwise the parameter is null, an empty collection or an empty
     * {@link java.util.Optional}. A client leaves out null in either case.
     */
    boolean required() default true;
}
