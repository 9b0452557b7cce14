package io.teleport.boot.handler;

import io.teleport.router.ParameterBinder.ParameterSource;
import java.lang.reflect.Parameter;

/** Adds checks to the values of parameters. */
@FunctionalInterface
interface ParameterCheck {

    /** Checks nothing. */
    ParameterCheck NONE = (parameter, source) -> source;

    /** A source of the same values that refuses those that break a rule of the parameter; the same source if there is none. */
    ParameterSource checked(Parameter parameter, ParameterSource source);
}
