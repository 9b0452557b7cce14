package io.teleport.plugin.secure;

/**
 * What is sent in place of a body.
 *
 * @param version which key, and in which manner; empty if the sender named none
 * @param ciphertext the encrypted body as ASCII text
 */
record Envelope(String version, String ciphertext) {}
