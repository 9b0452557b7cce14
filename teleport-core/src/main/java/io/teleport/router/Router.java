package io.teleport.router;

import io.teleport.codec.TypeRef;
import io.teleport.message.MessageType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Registers handlers. Thread-safe; routes may be added while sessions are open.
 *
 * <p>At the top, a path is the service method as it stands. Within a {@link #group}, and for methods, the {@link ServiceMethodMapper} joins
 * prefix and name.
 */
public final class Router {

    private final RouteTable table;

    private final ServiceMethodMapper mapper;

    private final List<ParameterBinder> binders;

    private final String prefix;

    private final boolean inline;

    Router(RouteTable table, ServiceMethodMapper mapper, List<ParameterBinder> binders, String prefix, boolean inline) {
        this.table = table;
        this.mapper = mapper;
        this.binders = binders;
        this.prefix = prefix;
        this.inline = inline;
    }

    /** Routes below a prefix. */
    public Router group(String name) {
        return new Router(table, mapper, binders, mapper.map(prefix, name), inline);
    }

    /**
     * The same place, for routes that run on the event loop: faster, but a handler that blocks there stops every connection of that loop.
     */
    public Router inline() {
        return new Router(table, mapper, binders, prefix, true);
    }

    /** The same place, for handler methods with parameters that this binder knows. */
    public Router bind(ParameterBinder binder) {
        List<ParameterBinder> more = new ArrayList<>(binders);
        more.add(binder);
        return new Router(table, mapper, List.copyOf(more), prefix, inline);
    }

    /**
     * Routes a CALL.
     *
     * @throws RouteConflictException if the route is taken, or begins with {@code /teleport/}
     */
    public <A> Router call(String path, Class<A> argumentType, CallHandler<A> handler) {
        return addCall(path, argumentType, handler);
    }

    /** As {@link #call(String, Class, CallHandler)}, for arguments with type arguments. */
    public <A> Router call(String path, TypeRef<A> argumentType, CallHandler<A> handler) {
        return addCall(path, argumentType.type(), handler);
    }

    private <A> Router addCall(String path, Type argumentType, CallHandler<A> handler) {
        table.add(new Route(
                MessageType.CALL,
                resolve(path),
                argumentType,
                Object.class,
                inline,
                describe(handler),
                callInvoker(handler)));
        return this;
    }

    /**
     * Routes a PUSH.
     *
     * @throws RouteConflictException if the route is taken, or begins with {@code /teleport/}
     */
    public <A> Router push(String path, Class<A> argumentType, PushHandler<A> handler) {
        return addPush(path, argumentType, handler);
    }

    /** As {@link #push(String, Class, PushHandler)}, for arguments with type arguments. */
    public <A> Router push(String path, TypeRef<A> argumentType, PushHandler<A> handler) {
        return addPush(path, argumentType.type(), handler);
    }

    private <A> Router addPush(String path, Type argumentType, PushHandler<A> handler) {
        table.add(new Route(
                MessageType.PUSH,
                resolve(path),
                argumentType,
                void.class,
                inline,
                describe(handler),
                pushInvoker(handler)));
        return this;
    }

    /**
     * Routes a CALL to a method: one parameter for the body at the most, and any of {@link CallContext}, {@link io.teleport.session.Session} and
     * what the binders know; the result is a value, a {@code CompletionStage} or nothing.
     *
     * @throws InvalidHandlerException if the method cannot be that
     * @throws RouteConflictException if the route is taken, or begins with {@code /teleport/}
     */
    public Router callMethod(String path, Object bean, Method method) {
        return addMethod(MessageType.CALL, resolve(path), bean, method);
    }

    /** Routes a PUSH to a method, as {@link #callMethod}; the method returns nothing or a {@code CompletionStage<Void>}. */
    public Router pushMethod(String path, Object bean, Method method) {
        return addMethod(MessageType.PUSH, resolve(path), bean, method);
    }

    /** Routes CALLs to all public methods that the controller's class declares, named by class and method as in Go. */
    public Router calls(Object controller) {
        return addController(MessageType.CALL, controller);
    }

    /** Routes PUSHes to all public methods that the controller's class declares, named by class and method as in Go. */
    public Router pushes(Object controller) {
        return addController(MessageType.PUSH, controller);
    }

    private Router addController(MessageType type, Object controller) {
        String name = mapper.map(prefix, controller.getClass().getSimpleName());
        Arrays.stream(controller.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> addMethod(type, mapper.map(name, method.getName()), controller, method));
        return this;
    }

    private Router addMethod(MessageType type, String path, Object bean, Method method) {
        HandlerMethod handler = HandlerMethod.of(type, bean, method, binders);
        table.add(new Route(
                type,
                path,
                handler.argumentType(),
                handler.resultType(),
                inline,
                InvalidHandlerException.describe(method),
                handler));
        return this;
    }

    /** Handles every CALL that has no route; the context tells its service method. A later handler replaces an earlier one. */
    public <A> Router unknownCall(Class<A> argumentType, CallHandler<A> handler) {
        table.addUnknown(new Route(
                MessageType.CALL, "*", argumentType, Object.class, inline, describe(handler), callInvoker(handler)));
        return this;
    }

    /** Handles every PUSH that has no route; the context tells its service method. A later handler replaces an earlier one. */
    public <A> Router unknownPush(Class<A> argumentType, PushHandler<A> handler) {
        table.addUnknown(new Route(
                MessageType.PUSH, "*", argumentType, void.class, inline, describe(handler), pushInvoker(handler)));
        return this;
    }

    /** All routes, CALL before PUSH, by path. */
    public List<Route> routes() {
        return table.all();
    }

    /** The mapper of this peer. */
    public ServiceMethodMapper serviceMethodMapper() {
        return mapper;
    }

    private String resolve(String path) {
        return prefix.isEmpty() ? path : mapper.map(prefix, path);
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // the codec decodes into the registered type; null where the body has no value
    private static <A> HandlerInvoker callInvoker(CallHandler<A> handler) {
        return (context, argument) -> handler.handle((CallContext) context, (A) argument);
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // the codec decodes into the registered type; null where the body has no value
    private static <A> HandlerInvoker pushInvoker(PushHandler<A> handler) {
        return (context, argument) -> {
            handler.handle((PushContext) context, (A) argument);
            return null;
        };
    }

    private static String describe(@Nullable Object handler) {
        String name = handler == null ? "null" : handler.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + " (lambda)";
    }
}
