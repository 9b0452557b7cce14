package io.teleport.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record of settings in which null stands for "not said here". Nested groups of settings are mergeable records, too, and never null.
 *
 * @param <S> the record itself
 */
interface Mergeable<S extends Record & Mergeable<S>> {

    /** These settings, completed by others, component by component. */
    @SuppressWarnings({"unchecked", "rawtypes"
    }) // S is the type of this, and a group is completed by one of its own type
    default S orElse(S other) {
        return copy((S) this, component -> {
            Object own = value(component, this);
            Object others = value(component, other);
            if (own instanceof Mergeable group && others != null) {
                return group.orElse((Record) others);
            }
            return own != null ? own : others;
        });
    }

    /** These settings with another value of one component. */
    @SuppressWarnings("unchecked") // S is the type of this
    default S with(String name, Object newValue) {
        return copy((S) this, component -> component.getName().equals(name) ? newValue : value(component, this));
    }

    private static <R extends Record> R copy(R original, Function<RecordComponent, @Nullable Object> values) {
        RecordComponent[] components = original.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        @Nullable Object[] arguments = Arrays.stream(components).map(values).toArray();
        try {
            @SuppressWarnings("unchecked") // the class of an R makes an R
            R copied = (R) original.getClass().getDeclaredConstructor(types).newInstance(arguments);
            return copied;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are records with their canonical constructor only", e);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("settings are records of this package", e);
        }
    }
}
