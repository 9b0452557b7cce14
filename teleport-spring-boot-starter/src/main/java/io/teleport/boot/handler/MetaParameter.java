package io.teleport.boot.handler;

import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ClassUtils;

/**
 * What {@link Meta} says about a parameter, also when it says so on the interface that the method implements.
 *
 * @param key key of the metadata
 * @param type type of the parameter
 * @param multiple whether it stands for all values of the key
 */
public record MetaParameter(String key, boolean required, TypeDescriptor type, boolean multiple) {

    /**
     * Reads the annotation.
     *
     * @param userClass class of the bean, which may say more than the interface that declares the parameter
     * @return null if the parameter has none
     * @throws IllegalArgumentException if the key is unknown, or the parameter may be absent but is primitive
     */
    public static @Nullable MetaParameter of(Parameter parameter, Class<?> userClass) {
        MethodParameter described = describe(parameter, userClass);
        Meta meta = described.getParameterAnnotation(Meta.class);
        if (meta == null) {
            return null;
        }
        TypeDescriptor type = new TypeDescriptor(described);
        requireNullable(meta.required(), type);
        return new MetaParameter(key(meta, parameter), meta.required(), type, type.isCollection() || type.isArray());
    }

    /** The parameter as the class of the bean, or the interface it implements, declares it. */
    static MethodParameter describe(Parameter parameter, Class<?> userClass) {
        Executable declaring = parameter.getDeclaringExecutable();
        if (!(declaring instanceof Method method)) {
            throw new IllegalArgumentException("it does not belong to a method");
        }
        int index = List.of(method.getParameters()).indexOf(parameter);
        return new AnnotatedMethod(ClassUtils.getMostSpecificMethod(method, userClass)).getMethodParameters()[index];
    }

    static void requireNullable(boolean required, TypeDescriptor type) {
        if (!required && type.isPrimitive()) {
            throw new IllegalArgumentException("it is not required but cannot be null (expected "
                    + type.getObjectType().getSimpleName() + ")");
        }
    }

    private static String key(Meta meta, Parameter parameter) {
        return name(meta.value(), parameter, "@Meta(\"key\")");
    }

    /** What the annotation says, else the name of the parameter. */
    static String name(String said, Parameter parameter, String example) {
        if (!said.isEmpty()) {
            return said;
        }
        if (!parameter.isNamePresent()) {
            throw new IllegalArgumentException(
                    "its name is not in the class file (expected " + example + ", or compilation with -parameters)");
        }
        return parameter.getName();
    }
}
