package io.teleport.boot.handler;

import io.teleport.router.ParameterBinder;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/** Gives handler methods their {@link SessionAttribute} parameters. */
final class SessionAttributeBinder implements ParameterBinder {

    private final Class<?> userClass;

    private final ConversionService conversions;

    SessionAttributeBinder(Class<?> userClass, ConversionService conversions) {
        this.userClass = userClass;
        this.conversions = conversions;
    }

    @Override
    public @Nullable ParameterSource bind(Parameter parameter) {
        MethodParameter described = MetaParameter.describe(parameter, userClass);
        SessionAttribute attribute = described.getParameterAnnotation(SessionAttribute.class);
        if (attribute == null) {
            return null;
        }
        TypeDescriptor type = new TypeDescriptor(described);
        MetaParameter.requireNullable(attribute.required(), type);
        String name = MetaParameter.name(attribute.value(), parameter, "@SessionAttribute(\"name\")");
        return context -> value(context.session().attributes().get(name), name, attribute.required(), type);
    }

    private @Nullable Object value(@Nullable Object value, String name, boolean required, TypeDescriptor type) {
        if (value == null && required) {
            throw MetadataBinder.badMessage("session attribute '" + name + "' is missing", null);
        }
        try {
            return conversions.convert(value, TypeDescriptor.forObject(value), type);
        } catch (ConversionException e) {
            // Not the value: it is the application's own and nobody sent it.
            throw MetadataBinder.badMessage(
                    "session attribute '" + name + "' cannot be used (expected "
                            + type.getObjectType().getSimpleName() + ")",
                    e);
        }
    }
}
