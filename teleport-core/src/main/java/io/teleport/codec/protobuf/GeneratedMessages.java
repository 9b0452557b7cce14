package io.teleport.codec.protobuf;

import com.google.protobuf.MessageLite;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Finds the empty message of a generated class, which knows the parser; once for each class. */
final class GeneratedMessages {

    /** A ClassValue lets go of the class when its loader goes. */
    private static final ClassValue<Found> FOUND = new ClassValue<>() {
        @Override
        protected Found computeValue(Class<?> type) {
            return new Found(find(type));
        }
    };

    private GeneratedMessages() {}

    /** The message without fields, null if the type is not a generated message. */
    static @Nullable MessageLite emptyOf(Type type) {
        return type instanceof Class<?> c && MessageLite.class.isAssignableFrom(c) ? FOUND.get(c).empty : null;
    }

    private static @Nullable MessageLite find(Class<?> type) {
        try {
            return (MessageLite) type.getMethod("getDefaultInstance").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            // MessageLite itself, a DynamicMessage, or a class that is not public: nothing that could be read into.
            return null;
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + " cannot make its default instance", e.getCause());
        }
    }

    private record Found(@Nullable MessageLite empty) {}
}
