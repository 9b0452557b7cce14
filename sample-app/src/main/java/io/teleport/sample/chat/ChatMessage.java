package io.teleport.sample.chat;

/** What members of a room get as PUSH {@code /chat/message}. */
public record ChatMessage(String room, String from, String text) {}
