package io.teleport.plugin.runlog;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

/** Bodies as JSON, without what is {@link Secret}, and not too much of it. */
final class BodyText {

    /** Characters of a body that are shown. */
    static final int LIMIT = 4096;

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addModule(new SimpleModule("teleport-run-log").setSerializerModifier(new Hiding()))
            .build();

    String quote(String text) {
        return mapper.writeValueAsString(shortened(text));
    }

    /** Never throws: a handler may be changing the body at this moment, and not every body is JSON. */
    String write(Object body) {
        try {
            return shortened(mapper.writeValueAsString(body));
        } catch (JacksonException | StackOverflowError | java.util.ConcurrentModificationException e) {
            return quote("(" + body.getClass().getName() + ")");
        }
    }

    private static String shortened(String text) {
        return text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "\u2026";
    }

    private static final class Hiding extends ValueSerializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier type, ValueSerializer<?> serializer) {
            return type.getBeanClass().isAnnotationPresent(Secret.class) ? new Hidden() : serializer;
        }

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config, BeanDescription.Supplier type, List<BeanPropertyWriter> properties) {
            for (BeanPropertyWriter property : properties) {
                if (property.getAnnotation(Secret.class) != null) {
                    property.assignSerializer(new Hidden());
                }
            }
            return properties;
        }
    }

    private static final class Hidden extends ValueSerializer<Object> {

        @Override
        public void serialize(Object value, JsonGenerator out, SerializationContext context) {
            out.writeString("***");
        }
    }
}
