package io.teleport.sample.chat;

import org.jspecify.annotations.Nullable;

/** Argument of {@code /chat/join}. */
public record JoinRequest(@Nullable String room) {}
