package io.teleport.sample.math;

/** Argument of {@code /math/divide}: a divided by b. */
public record Division(double a, double b) {}
