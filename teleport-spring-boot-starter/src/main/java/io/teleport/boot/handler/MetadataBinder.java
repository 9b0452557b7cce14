package io.teleport.boot.handler;

import io.teleport.message.Metadata;
import io.teleport.message.Status;
import io.teleport.message.StatusCode;
import io.teleport.message.StatusException;
import io.teleport.router.MessageContext;
import io.teleport.router.ParameterBinder;
import java.lang.reflect.Parameter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;

/** Gives handler methods their {@link Meta} and {@link Metadata} parameters. */
final class MetadataBinder implements ParameterBinder {

    private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

    private static final TypeDescriptor TEXTS = TypeDescriptor.collection(List.class, TEXT);

    private final Class<?> userClass;

    private final ConversionService conversions;

    MetadataBinder(Class<?> userClass, ConversionService conversions) {
        this.userClass = userClass;
        this.conversions = conversions;
    }

    @Override
    public @Nullable ParameterSource bind(Parameter parameter) {
        if (parameter.getType() == Metadata.class) {
            return MessageContext::metadata;
        }
        MetaParameter meta = MetaParameter.of(parameter, userClass);
        if (meta == null) {
            return null;
        }
        TypeDescriptor source = meta.multiple() ? TEXTS : TEXT;
        if (!conversions.canConvert(source, meta.type())) {
            throw new IllegalArgumentException("text cannot be converted to " + meta.type());
        }
        return context -> value(context.metadata(), meta);
    }

    private @Nullable Object value(Metadata metadata, MetaParameter meta) {
        if (meta.required() && !metadata.contains(meta.key())) {
            throw badMessage("metadata '" + meta.key() + "' is missing", null);
        }
        try {
            return meta.multiple()
                    ? conversions.convert(metadata.getAll(meta.key()), TEXTS, meta.type())
                    : conversions.convert(metadata.get(meta.key()), TEXT, meta.type());
        } catch (ConversionException e) {
            throw badMessage(
                    "metadata '" + meta.key() + "' is '" + metadata.get(meta.key()) + "' (expected "
                            + meta.type().getObjectType().getSimpleName() + ")",
                    e);
        }
    }

    static StatusException badMessage(String problem, @Nullable Exception cause) {
        return new StatusException(Status.builtIn(StatusCode.BAD_MESSAGE, problem), cause);
    }
}
