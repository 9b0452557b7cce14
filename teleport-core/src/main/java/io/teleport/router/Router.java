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

    private final RouteTraits traits;

    Router(
            RouteTable table,
            ServiceMethodMapper mapper,
            List<ParameterBinder> binders,
            String prefix,
            RouteTraits traits) {
        this.table = table;
        this.mapper = mapper;
        this.binders = binders;
        this.prefix = prefix;
        this.traits = traits;
    }

    /** Routes below a prefix. */
    public Router group(String name) {
        return new Router(table, mapper, binders, mapper.map(prefix, name), traits);
    }

    /**
     * The same place, for routes with plugins of their own: {@code router.group("admin").with(audit)} for a group, {@code router.with(audit).call(…)}
     * for one route. They run in the order given, after the peer's plugins and those of groups around, before the peer's last plugins; and take part
     * only when such a route is registered, around the decoding of its bodies, and in its replies. What else a plugin does needs it to be the peer's.
     *
     * @throws IllegalArgumentException if a plugin has the name of another one, or takes part at none of those points
     */
    public Router with(RoutePlugin... plugins) {
        Scope scope = traits.scope().with(List.of(plugins));
        return new Router(table, mapper, binders, prefix, traits.within(scope));
    }

    /**
     * The same place, for routes that run on the event loop: faster, but a handler that blocks there stops every connection of that loop.
     */
    public Router inline() {
        return new Router(table, mapper, binders, prefix, traits.onEventLoop());
    }

    /**
     * The same place, for routes whose handlers may be stopped: when a context is cancelled ({@link MessageContext#onCancel}), the handler's thread is
     * interrupted, and a future that it returned is cancelled. The interrupt is for the handler alone; what the thread does later never sees it.
     */
    public Router interruptible() {
        return new Router(table, mapper, binders, prefix, traits.interruptibly());
    }

    /**
     * The same place, for routes whose messages are handled one after another as they arrive; all such routes of a connection are one sequence.
     *
     * @see Ordering#SESSION
     */
    public Router inOrder() {
        return ordered(OrderRule.SESSION);
    }

    /**
     * The same place, for routes whose messages are handled one after another where they have the same key.
     *
     * @see Ordering#KEY
     */
    public Router orderedBy(OrderKey key) {
        return ordered(OrderRule.by(key));
    }

    /** The same place, for routes whose messages are handled in parallel, even if the peer has an order. */
    public Router unordered() {
        return ordered(OrderRule.NONE);
    }

    private Router ordered(OrderRule order) {
        return new Router(table, mapper, binders, prefix, traits.ordered(order));
    }

    /** The same place, for handler methods with parameters that this binder knows. */
    public Router bind(ParameterBinder binder) {
        List<ParameterBinder> more = new ArrayList<>(binders);
        more.add(binder);
        return new Router(table, mapper, List.copyOf(more), prefix, traits);
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
                traits,
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
                traits,
                describe(handler),
                pushInvoker(handler)));
        return this;
    }

    /**
     * Routes a CALL to a method: one parameter for the body at the most, and any of {@link CallContext}, {@link io.teleport.session.Session},
     * {@link io.teleport.session.Principal} (401 if nobody is logged in, unless it is {@code @Nullable}) and what the binders know; the result is a
     * value, a {@code CompletionStage} or nothing.
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
                traits,
                InvalidHandlerException.describe(method),
                handler));
        return this;
    }

    /** Handles every CALL that has no route; the context tells its service method. A later handler replaces an earlier one. */
    public <A> Router unknownCall(Class<A> argumentType, CallHandler<A> handler) {
        table.addUnknown(new Route(
                MessageType.CALL, "*", argumentType, Object.class, traits, describe(handler), callInvoker(handler)));
        return this;
    }

    /** Handles every PUSH that has no route; the context tells its service method. A later handler replaces an earlier one. */
    public <A> Router unknownPush(Class<A> argumentType, PushHandler<A> handler) {
        table.addUnknown(new Route(
                MessageType.PUSH, "*", argumentType, void.class, traits, describe(handler), pushInvoker(handler)));
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
