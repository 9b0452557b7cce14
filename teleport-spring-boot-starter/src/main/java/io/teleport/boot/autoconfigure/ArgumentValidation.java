package io.teleport.boot.autoconfigure;

import io.teleport.boot.handler.ValidationPlugin;
import io.teleport.plugin.Plugin;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Makes the plugin that validates arguments. Jakarta Validation is an optional library. */
final class ArgumentValidation {

    private static final boolean PRESENT =
            ClassUtils.isPresent("jakarta.validation.Validator", ArgumentValidation.class.getClassLoader());

    private ArgumentValidation() {}

    /** Null if the application has no validator, or several. */
    static @Nullable Plugin plugin(ListableBeanFactory beans) {
        return PRESENT ? Present.plugin(beans) : null;
    }

    /** Apart, since the type that it looks for cannot be loaded without the library. */
    private static final class Present {

        static @Nullable Plugin plugin(ListableBeanFactory beans) {
            Validator validator = beans.getBeanProvider(Validator.class).getIfUnique();
            return validator == null ? null : new ValidationPlugin(validator);
        }
    }
}
