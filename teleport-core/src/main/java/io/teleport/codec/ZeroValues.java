package io.teleport.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Java values that stand for Go's zero values. */
final class ZeroValues {

    private static final Map<Type, Object> SCALARS = Map.ofEntries(
            Map.entry(boolean.class, false),
            Map.entry(byte.class, (byte) 0),
            Map.entry(short.class, (short) 0),
            Map.entry(char.class, (char) 0),
            Map.entry(int.class, 0),
            Map.entry(long.class, 0L),
            Map.entry(float.class, 0f),
            Map.entry(double.class, 0d),
            Map.entry(Boolean.class, false),
            Map.entry(Byte.class, (byte) 0),
            Map.entry(Short.class, (short) 0),
            Map.entry(Character.class, (char) 0),
            Map.entry(Integer.class, 0),
            Map.entry(Long.class, 0L),
            Map.entry(Float.class, 0f),
            Map.entry(Double.class, 0d),
            Map.entry(String.class, ""));

    private ZeroValues() {}

    static @Nullable Object of(Type type) {
        if (type instanceof Class<?> c && c.isArray()) {
            return Array.newInstance(c.getComponentType(), 0);
        }
        return SCALARS.get(type);
    }
}
