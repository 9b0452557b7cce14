package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import io.teleport.router.RoutePlugin;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The plugins of controllers and their methods, which are beans and no plugins of the peers. */
public final class RoutePlugins {

    private RoutePlugins() {}

    /** Classes that controllers and their methods name. */
    public static List<Class<? extends Plugin>> named(ConfigurableListableBeanFactory beans) {
        return HandlerRegistrar.controllers(beans).stream()
                .flatMap(name -> named(beans, name))
                .distinct()
                .toList();
    }

    private static Stream<Class<? extends Plugin>> named(ConfigurableListableBeanFactory beans, String controller) {
        TeleportController annotation =
                Objects.requireNonNull(beans.findAnnotationOnBean(controller, TeleportController.class, false));
        Stream<Class<? extends Plugin>> own = Stream.of(annotation.plugins());
        Class<?> type = AutoProxyUtils.determineTargetClass(beans, controller);
        return type == null ? own : Stream.concat(own, ofMethods(type));
    }

    private static Stream<Class<? extends Plugin>> ofMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<RouteMapping>) method -> {
                    CallMapping call = AnnotatedElementUtils.findMergedAnnotation(method, CallMapping.class);
                    PushMapping push = AnnotatedElementUtils.findMergedAnnotation(method, PushMapping.class);
                    return call != null ? RouteMapping.of(call) : push != null ? RouteMapping.of(push) : null;
                })
                .values()
                .stream()
                .flatMap(mapping -> mapping.plugins().stream());
    }

    static RoutePlugin bean(ConfigurableListableBeanFactory beans, Class<? extends Plugin> type, Object where) {
        try {
            return beans.getBean(type);
        } catch (NoSuchBeanDefinitionException e) {
            throw new IllegalStateException(
                    "Plugin " + type.getName() + " of @TeleportController " + where + " is not one bean (expected "
                            + "exactly one of this class): " + e.getMessage(),
                    e);
        }
    }
}
