package io.teleport.boot.client;

import io.teleport.boot.Teleport;
import io.teleport.message.Failures;
import io.teleport.session.Reply;
import io.teleport.session.Request;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

/** One method of a client, ready to be invoked by any number of threads. */
final class ClientMethod {

    private final String serviceMethod;

    private final ClientArguments arguments;

    private final Sending sending;

    private ClientMethod(String serviceMethod, ClientArguments arguments, Sending sending) {
        this.serviceMethod = serviceMethod;
        this.arguments = arguments;
        this.sending = sending;
    }

    /** Sends a message to a peer, and gives what the method returns. */
    @FunctionalInterface
    private interface Sending {
        @Nullable
        Object send(Teleport teleport, String peer, ClientMethod method, @Nullable Object[] values);
    }

    static ClientMethod call(Class<?> type, Method method, String serviceMethod, ClientArguments arguments) {
        Type declared = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
        boolean later = isFuture(declared);
        Type promised = later ? argument(declared) : declared;
        boolean whole = raw(promised) == Reply.class;
        Type result = resultType(whole ? argument(promised) : promised);
        return new ClientMethod(
                serviceMethod,
                arguments,
                (teleport, peer, call, values) -> later
                        ? call.callLater(teleport, peer, values, result, whole)
                        : call.callAndWait(teleport, peer, values, result, whole));
    }

    static ClientMethod push(Class<?> type, Method method, String serviceMethod, ClientArguments arguments) {
        Type declared = GenericTypeResolver.resolveType(method.getGenericReturnType(), type);
        boolean later = isFuture(declared);
        Class<?> promised = raw(later ? argument(declared) : declared);
        if (promised != void.class && promised != Void.class) {
            throw new InvalidClientException(
                    type,
                    method,
                    "a PUSH has no reply but it returns " + declared.getTypeName()
                            + " (expected void or CompletableFuture<Void>)");
        }
        return new ClientMethod(
                serviceMethod,
                arguments,
                (teleport, peer, push, values) ->
                        later ? push.pushLater(teleport, peer, values) : push.pushNow(teleport, peer, values));
    }

    private static boolean isFuture(Type type) {
        Class<?> raw = raw(type);
        return raw != Object.class && raw.isAssignableFrom(CompletableFuture.class);
    }

    private static Class<?> raw(Type type) {
        return ResolvableType.forType(type).toClass();
    }

    private static Type argument(Type type) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    private static Type resultType(Type type) {
        return type == Void.class ? void.class : type;
    }

    @Nullable
    Object invoke(Teleport teleport, String peer, @Nullable Object[] values) {
        return sending.send(teleport, peer, this, values);
    }

    private Request prepare(Request request, @Nullable Object[] values) {
        arguments.applyTo(request, values);
        return request;
    }

    private @Nullable Object callAndWait(
            Teleport teleport, String peer, @Nullable Object[] values, Type result, boolean whole) {
        Request request = prepare(teleport.session(peer).request(serviceMethod), values);
        Reply<Object> reply = request.call(arguments.body(values), result);
        return whole ? reply : reply.body();
    }

    private CompletableFuture<?> callLater(
            Teleport teleport, String peer, @Nullable Object[] values, Type result, boolean whole) {
        CompletableFuture<Reply<Object>> reply = new LinkedFuture<>(
                teleport.sessionAsync(peer),
                session -> prepare(session.request(serviceMethod), values).callAsync(arguments.body(values), result));
        return whole ? reply : new LinkedFuture<>(reply, ClientMethod::body);
    }

    private static CompletableFuture<Object> body(Reply<Object> reply) {
        return CompletableFuture.completedFuture(reply.body());
    }

    private @Nullable Object pushNow(Teleport teleport, String peer, @Nullable Object[] values) {
        CompletableFuture<@Nullable Void> sent =
                prepare(teleport.session(peer).request(serviceMethod), values).push(arguments.body(values));
        // What is not even accepted for sending fails at once; all else is told to nobody, as with Session.push.
        if (sent.isCompletedExceptionally()) {
            Failures.join(sent);
        }
        return null;
    }

    private CompletableFuture<?> pushLater(Teleport teleport, String peer, @Nullable Object[] values) {
        return new LinkedFuture<>(
                teleport.sessionAsync(peer),
                session -> prepare(session.request(serviceMethod), values).push(arguments.body(values)));
    }
}
