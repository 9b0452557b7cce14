package io.teleport.boot.handler;

import io.teleport.router.MessageContext;
import io.teleport.router.ParameterBinder.ParameterSource;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates the values of metadata and attributes against the constraints on their parameters. The body is the {@link ValidationPlugin}'s. */
final class ParameterValidation implements ParameterCheck {

    private final Validator validator;

    private final Object bean;

    ParameterValidation(Validator validator, Object bean) {
        this.validator = validator;
        this.bean = bean;
    }

    @Override
    public ParameterSource checked(Parameter parameter, ParameterSource source) {
        Method method = (Method) parameter.getDeclaringExecutable();
        int index = List.of(method.getParameters()).indexOf(parameter);
        MethodDescriptor constraints = validator
                .getConstraintsForClass(method.getDeclaringClass())
                .getConstraintsForMethod(method.getName(), method.getParameterTypes());
        if (constraints == null
                || !hasRules(constraints.getParameterDescriptors().get(index))) {
            return source;
        }
        String name = name(parameter);
        return context -> validated(context, method, index, name, source.value(context));
    }

    private static boolean hasRules(ParameterDescriptor parameter) {
        return parameter.hasConstraints()
                || parameter.isCascaded()
                || !parameter.getConstrainedContainerElementTypes().isEmpty();
    }

    private @Nullable Object validated(
            MessageContext context, Method method, int index, String name, @Nullable Object value) {
        @Nullable Object[] arguments = new Object[method.getParameterCount()];
        arguments[index] = value;
        for (ConstraintViolation<Object> violation :
                validator.forExecutables().validateParameters(bean, method, arguments)) {
            if (isOf(index, violation)) {
                throw InvalidParameter.of(context.serviceMethod(), name, violation.getMessage());
            }
        }
        return value;
    }

    /** The other arguments are not there, and may be missed. */
    private static boolean isOf(int index, ConstraintViolation<?> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                return node.as(Path.ParameterNode.class).getParameterIndex() == index;
            }
        }
        return false;
    }

    private static String name(Parameter parameter) {
        Meta meta = parameter.getAnnotation(Meta.class);
        SessionAttribute attribute = parameter.getAnnotation(SessionAttribute.class);
        String given = meta != null ? meta.value() : attribute != null ? attribute.value() : "";
        return given.isEmpty() ? parameter.getName() : given;
    }
}
