package io.teleport.plugin.secure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** The envelope as JSON has it. */
@JsonPropertyOrder({"cipherversion", "ciphertext"})
record JsonEncrypt(
        @JsonProperty("cipherversion") @Nullable String cipherversion,
        @JsonProperty("ciphertext") @Nullable String ciphertext) {}
