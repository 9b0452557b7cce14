package io.teleport.boot.handler;

import io.teleport.router.ServiceMethodMapper;
import java.lang.reflect.Method;

/** The service method of a mapped method, the same for a handler and for the client that calls it. */
public final class MappedPath {

    private MappedPath() {}

    /**
     * Puts a path together.
     *
     * @param prefix prefix of the type, may be empty
     * @param path path of the mapping, empty for the name of the method
     */
    public static String of(ServiceMethodMapper mapper, String prefix, String path, Method method) {
        String name = path.isEmpty() ? method.getName() : path;
        if (prefix.isEmpty()) {
            return path.isEmpty() ? mapper.map("", name) : path;
        }
        return mapper.map(mapper.map("", prefix), name);
    }
}
