package io.teleport.boot.handler;

import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the application's validator, if it has one. Jakarta Validation is an optional library. */
final class Validation {

    private static final boolean PRESENT =
            ClassUtils.isPresent("jakarta.validation.Validator", Validation.class.getClassLoader());

    private Validation() {}

    /** Checks parameters of a bean's methods. */
    static ParameterCheck of(ListableBeanFactory beans, Object bean) {
        return PRESENT ? Present.of(beans, bean) : ParameterCheck.NONE;
    }

    /** Apart, since the type that it looks for cannot be loaded without the library. */
    private static final class Present {

        static ParameterCheck of(ListableBeanFactory beans, Object bean) {
            @Nullable
            Validator validator = beans.getBeanProvider(Validator.class).getIfUnique();
            return validator == null ? ParameterCheck.NONE : new ParameterValidation(validator, bean);
        }
    }
}
