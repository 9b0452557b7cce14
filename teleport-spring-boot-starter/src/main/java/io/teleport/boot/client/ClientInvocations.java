package io.teleport.boot.client;

import io.teleport.boot.Teleport;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Behind the proxy of a client: its own methods go to the peer, default methods and those of Object to themselves. */
final class ClientInvocations implements InvocationHandler {

    private static final Object[] NO_ARGUMENTS = {};

    private final Class<?> type;

    private final Teleport teleport;

    private final String peer;

    private final Map<Method, ClientMethod> methods;

    private final Map<Method, MethodHandle> defaults = new ConcurrentHashMap<>();

    ClientInvocations(Class<?> type, Teleport teleport, String peer, Map<Method, ClientMethod> methods) {
        this.type = type;
        this.teleport = teleport;
        this.peer = peer;
        this.methods = Map.copyOf(methods);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a client equals itself alone
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        @Nullable Object[] values = arguments == null ? NO_ARGUMENTS : arguments;
        ClientMethod remote = methods.get(method);
        if (remote != null) {
            return remote.invoke(teleport, peer, values);
        }
        if (method.isDefault()) {
            return defaults.computeIfAbsent(method, ClientInvocations::handle)
                    .bindTo(proxy)
                    .invokeWithArguments(values);
        }
        return switch (method.getName()) {
            case "equals" -> proxy == values[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "@TeleportClient " + type.getName() + " (peer " + peer + ")";
        };
    }

    private static MethodHandle handle(Method method) {
        Class<?> declaring = method.getDeclaringClass();
        try {
            return MethodHandles.privateLookupIn(declaring, MethodHandles.lookup())
                    .unreflectSpecial(method, declaring);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Default method " + method + " cannot be called", e);
        }
    }
}
