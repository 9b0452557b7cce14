package io.teleport.boot.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/** Makes beans of {@link TeleportClient} interfaces that are not in the packages of the application. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Import(EnabledClients.class)
public @interface EnableTeleportClients {

    /** Packages to search, with those below them. The package of the annotated class if neither these nor clients are given. */
    String[] basePackages() default {};

    /** Interfaces to use, wherever they are. */
    Class<?>[] clients() default {};
}
