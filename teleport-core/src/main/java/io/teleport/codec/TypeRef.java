package io.teleport.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A result type with its type arguments: {@code new TypeRef<List<String>>() {}}. Where a plain class says enough, pass the class.
 *
 * @param <R> the type
 */
public abstract class TypeRef<R> {

    private final Type type;

    /** @throws IllegalStateException if made without a type argument */
    protected TypeRef() {
        Type superclass = getClass().getGenericSuperclass();
        if (!(superclass instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("TypeRef needs a type argument: new TypeRef<List<String>>() {}");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    public final Type type() {
        return type;
    }
}
