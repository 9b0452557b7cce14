package io.teleport.boot.client;

import io.teleport.boot.handler.MetaParameter;
import io.teleport.message.Metadata;
import io.teleport.router.MessageContext;
import io.teleport.session.Request;
import io.teleport.session.Session;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ObjectUtils;

/** What each parameter of a client method is for: the body, or metadata. */
final class ClientArguments {

    private static final int NONE = -1;

    private final int bodyIndex;

    /** One for each parameter; null for the body. */
    private final @Nullable Sender[] senders;

    private ClientArguments(int bodyIndex, @Nullable Sender[] senders) {
        this.bodyIndex = bodyIndex;
        this.senders = senders;
    }

    /** Puts one argument into a request. */
    @FunctionalInterface
    private interface Sender {
        void send(Request request, Object value);
    }

    static ClientArguments of(Class<?> type, Method method, ConversionService conversions) {
        Parameter[] parameters = method.getParameters();
        @Nullable Sender[] senders = new Sender[parameters.length];
        int bodyIndex = NONE;
        for (int i = 0; i < parameters.length; i++) {
            senders[i] = sender(type, method, parameters[i], conversions);
            if (senders[i] == null) {
                if (bodyIndex != NONE) {
                    throw new InvalidClientException(
                            type,
                            method,
                            "both " + parameters[bodyIndex] + " and " + parameters[i]
                                    + " could be the body (expected one parameter for the body at the most)");
                }
                bodyIndex = i;
            }
        }
        return new ClientArguments(bodyIndex, senders);
    }

    private static @Nullable Sender sender(
            Class<?> type, Method method, Parameter parameter, ConversionService conversions) {
        Class<?> wanted = parameter.getType();
        if (wanted == Metadata.class) {
            return (request, value) -> request.metadata((Metadata) value);
        }
        if (wanted == Session.class || MessageContext.class.isAssignableFrom(wanted)) {
            throw new InvalidClientException(
                    type, method, "parameter " + parameter + " is for handlers (expected a body or @Meta)");
        }
        try {
            MetaParameter meta = MetaParameter.of(parameter, type);
            return meta == null ? null : (request, value) -> sendMeta(request, meta.key(), value, conversions);
        } catch (IllegalArgumentException e) {
            throw new InvalidClientException(type, method, "parameter " + parameter + ": " + e.getMessage());
        }
    }

    private static void sendMeta(Request request, String key, Object value, ConversionService conversions) {
        for (Object each : values(value)) {
            String text = each == null ? null : conversions.convert(each, String.class);
            if (text != null) {
                request.meta(key, text);
            }
        }
    }

    private static Collection<? extends @Nullable Object> values(Object value) {
        if (value instanceof Collection<?> several) {
            return several;
        }
        if (value instanceof Optional<?> perhaps) {
            return perhaps.stream().toList();
        }
        return value.getClass().isArray() ? Arrays.asList(ObjectUtils.toObjectArray(value)) : Arrays.asList(value);
    }

    /** The argument for the body, null if there is none. */
    @Nullable
    Object body(@Nullable Object[] arguments) {
        return bodyIndex == NONE ? null : arguments[bodyIndex];
    }

    /** Puts all arguments but the body into a request; null is left out. */
    void applyTo(Request request, @Nullable Object[] arguments) {
        for (int i = 0; i < senders.length; i++) {
            Sender sender = senders[i];
            Object value = arguments[i];
            if (sender != null && value != null) {
                sender.send(request, value);
            }
        }
    }
}
