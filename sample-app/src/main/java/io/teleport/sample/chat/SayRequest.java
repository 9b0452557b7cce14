package io.teleport.sample.chat;

import org.jspecify.annotations.Nullable;

/** Argument of {@code /chat/say}. */
public record SayRequest(@Nullable String text) {}
