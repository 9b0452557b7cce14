package io.teleport.router;

/**
 * Makes the service method of a handler out of where it is and what it is called. Handlers of a controller are mapped
 * twice: first the group's prefix with the controller's name, then that result with the method's name.
 *
 * <p>The two mappers given here follow the naming of Go Teleport v7 ({@code service-method.json} of the wire vectors).
 * In a name an underscore between two characters is a separator, several in a row are one literal underscore, and
 * leading ones are dropped. The prefix is taken as it is, never renamed.
 */
@FunctionalInterface
public interface ServiceMethodMapper {

    /**
     * Maps one step.
     *
     * @param prefix the service method so far, may be empty
     * @param name the name of a controller or a handler method
     * @return the service method
     */
    String map(String prefix, String name);

    /**
     * Gives the default mapper: paths in lower case with underscores. {@code AaBb} becomes {@code /aa_bb}, {@code
     * Aa_Bb} {@code /aa/bb} and {@code Aa__Bb} {@code /aa_bb}; under the prefix {@code /math}, {@code Add} becomes
     * {@code /math/add}. The result starts with a slash, has none twice and none at the end; {@code .} and {@code ..}
     * elements are resolved.
     */
    static ServiceMethodMapper http() {
        return ServiceMethodNames::http;
    }

    /**
     * Gives the mapper of dotted names that keep their case. {@code Aa_Bb} becomes {@code Aa.Bb} and {@code Aa__Bb}
     * {@code Aa_Bb}; under the prefix {@code Math}, {@code Add} becomes {@code Math.Add}. The result neither starts nor
     * ends with a dot.
     */
    static ServiceMethodMapper rpc() {
        return ServiceMethodNames::rpc;
    }
}
