package io.teleport.codec.thrift;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.apache.thrift.TSerializable;
import org.jspecify.annotations.Nullable;

/** Finds the constructor of a generated class; once for each class. */
final class GeneratedStructs {

    private static final MethodType CONSTRUCTOR = MethodType.methodType(void.class);

    private static final MethodType MAKES_STRUCT = MethodType.methodType(TSerializable.class);

    /** A ClassValue lets go of the class when its loader goes. */
    private static final ClassValue<Found> FOUND = new ClassValue<>() {
        @Override
        protected Found computeValue(Class<?> type) {
            return new Found(find(type));
        }
    };

    private GeneratedStructs() {}

    /** A new struct without fields, null if the type is not a generated struct. */
    static @Nullable TSerializable make(Type type) {
        if (!(type instanceof Class<?> c) || !TSerializable.class.isAssignableFrom(c)) {
            return null;
        }
        MethodHandle constructor = FOUND.get(c).constructor;
        try {
            return constructor == null ? null : (TSerializable) constructor.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(c.getName() + " cannot be made", e);
        }
    }

    private static @Nullable MethodHandle find(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type, CONSTRUCTOR)
                    .asType(MAKES_STRUCT);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            // No class that the Thrift compiler made: nothing that could be read into.
            return null;
        }
    }

    private record Found(@Nullable MethodHandle constructor) {}
}
