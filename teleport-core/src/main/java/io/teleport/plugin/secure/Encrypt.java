package io.teleport.plugin.secure;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/** The envelope under the names of Go's type and its fields, by which xml, form and codecs that are not ours know it. */
@JsonPropertyOrder({"Cipherversion", "Ciphertext"})
record Encrypt(
        @JsonProperty("Cipherversion") @Nullable String cipherversion,
        @JsonProperty("Ciphertext") @Nullable String ciphertext) {}
