package io.teleport.protocol.json;

import org.jspecify.annotations.Nullable;

/** The keys of a message. */
enum JsonField {
    SEQUENCE("seq"),
    TYPE("mtype"),
    SERVICE_METHOD("serviceMethod"),
    STATUS("status"),
    METADATA("meta"),
    BODY_CODEC("bodyCodec"),
    BODY("body"),
    PIPE("xferPipe");

    private static final JsonField[] ALL = values();

    private final String key;

    JsonField(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    static @Nullable JsonField of(String key) {
        for (JsonField field : ALL) {
            if (field.key.equals(key)) {
                return field;
            }
        }
        return null;
    }
}
