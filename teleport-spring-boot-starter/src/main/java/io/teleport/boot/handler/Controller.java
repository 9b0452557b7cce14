package io.teleport.boot.handler;

import io.teleport.router.Router;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.UnaryOperator;
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

    private final MetadataBinder binder;

    private final Map<Method, CallMapping> calls;

    private final Map<Method, PushMapping> pushes;

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
            ConversionService conversions) {
        this.bean = bean;
        this.userClass = userClass;
        this.prefix = prefix;
        this.placeholders = placeholders;
        this.binder = new MetadataBinder(userClass, conversions);
        this.calls = MethodIntrospector.selectMethods(userClass, (MethodIntrospector.MetadataLookup<CallMapping>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, CallMapping.class));
        this.pushes = MethodIntrospector.selectMethods(userClass, (MethodIntrospector.MetadataLookup<PushMapping>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, PushMapping.class));
    }

    boolean isEmpty() {
        return calls.isEmpty() && pushes.isEmpty();
    }

    /**
     * @throws io.teleport.router.InvalidHandlerException if a method cannot be a handler
     * @throws io.teleport.router.RouteConflictException if a route is taken
     */
    void register(Router top) {
        Router router = top.bind(binder);
        calls.forEach((method, mapping) -> place(router, mapping.inline())
                .callMethod(path(router, mapping.value(), method), bean, invocable(method)));
        pushes.forEach((method, mapping) -> place(router, mapping.inline())
                .pushMethod(path(router, mapping.value(), method), bean, invocable(method)));
    }

    private static Router place(Router router, boolean inline) {
        return inline ? router.inline() : router;
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
