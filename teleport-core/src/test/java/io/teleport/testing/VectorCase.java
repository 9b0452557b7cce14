package io.teleport.testing;

import tools.jackson.databind.JsonNode;

/**
 * One case of a vector file.
 *
 * @param file name of the file without {@code .json}
 * @param name the case's name, or for a file without names what tells its cases apart
 * @param json the whole case
 */
public record VectorCase(String file, String name, JsonNode json) {

    /** Gives a field that the case must have; a JSON null counts as there. */
    public JsonNode get(String field) {
        return json.required(field);
    }

    public boolean has(String field) {
        return json.has(field);
    }

    /** Gives a text field of the case's own description, such as {@code kind} or {@code op}. */
    public String string(String field) {
        return get(field).asString();
    }

    /** Gives the name under which {@link KnownDifferences} may list the case. */
    public String id() {
        return file + '/' + name;
    }

    /** Gives the name, which is what test reports show. */
    @Override
    public String toString() {
        return name;
    }
}
