package io.teleport.boot.handler;

import io.teleport.plugin.Plugin;
import io.teleport.router.ParameterBinder;
import io.teleport.router.RoutePlugin;
import io.teleport.router.Router;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;

/** One controller bean: finds its mapped methods and registers them. A proxy is called where its class was read. */
final class Controller {

    private final Object bean;

    private final Class<?> userClass;

    private final String prefix;

    private final UnaryOperator<String> placeholders;

    private final List<ParameterBinder> binders;

    private final ParameterCheck check;

    private final Map<Method, RouteMapping> calls;

    private final Map<Method, RouteMapping> pushes;

    /**
     * @param bean the bean, perhaps a proxy
     * @param userClass the class behind it
     * @param placeholders resolves placeholders in paths
     */
    Controller(
            Object bean,
            Class<?> userClass,
            String prefix,
            UnaryOperator<String> placeholders,
            ConversionService conversions,
            ParameterCheck check) {
        this.bean = bean;
        this.userClass = userClass;
        this.prefix = prefix;
        this.placeholders = placeholders;
        this.binders =
                List.of(new MetadataBinder(userClass, conversions), new SessionAttributeBinder(userClass, conversions));
        this.check = check;
        this.calls = MethodIntrospector.selectMethods(userClass, (MethodIntrospector.MetadataLookup<RouteMapping>)
                method -> {
                    CallMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, CallMapping.class);
                    return mapping == null ? null : RouteMapping.of(mapping);
                });
        this.pushes = MethodIntrospector.selectMethods(userClass, (MethodIntrospector.MetadataLookup<RouteMapping>)
                method -> {
                    PushMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, PushMapping.class);
                    return mapping == null ? null : RouteMapping.of(mapping);
                });
    }

    boolean isEmpty() {
        return calls.isEmpty() && pushes.isEmpty();
    }

    /**
     * Registers its methods below this place.
     *
     * @param plugins gives the plugin beans that methods name
     * @throws io.teleport.router.InvalidHandlerException if a method cannot be a handler
     * @throws io.teleport.router.RouteConflictException if a route is taken
     */
    void register(Router top, Function<Class<? extends Plugin>, RoutePlugin> plugins) {
        Router router = top.bind(this::bind);
        calls.forEach((method, mapping) -> mapping.place(router, plugins)
                .callMethod(path(router, mapping.path(), method), bean, invocable(method)));
        pushes.forEach((method, mapping) -> mapping.place(router, plugins)
                .pushMethod(path(router, mapping.path(), method), bean, invocable(method)));
    }

    private ParameterBinder.@Nullable ParameterSource bind(Parameter parameter) {
        for (ParameterBinder binder : binders) {
            ParameterBinder.ParameterSource source = binder.bind(parameter);
            if (source != null) {
                return check.checked(parameter, source);
            }
        }
        return null;
    }

    private String path(Router router, String path, Method method) {
        return MappedPath.of(
                router.serviceMethodMapper(), placeholders.apply(prefix), placeholders.apply(path), method);
    }

    private Method invocable(Method method) {
        return AopUtils.selectInvocableMethod(method, bean.getClass());
    }

    @Override
    public String toString() {
        return userClass.getName();
    }
}
