package io.teleport.boot.client;

import io.teleport.boot.UnknownPeerException;
import io.teleport.boot.handler.CallMapping;
import io.teleport.boot.handler.MappedPath;
import io.teleport.boot.handler.PushMapping;
import io.teleport.peer.Peer;
import io.teleport.router.ServiceMethodMapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;

/** Makes clients of interfaces; everything about them is checked and prepared once, here. */
final class ClientFactory {

    private final PeerDirectory teleport;

    private final UnaryOperator<String> placeholders;

    private final ConversionService conversions;

    /** @param placeholders resolves placeholders in names and paths */
    ClientFactory(PeerDirectory teleport, UnaryOperator<String> placeholders, ConversionService conversions) {
        this.teleport = teleport;
        this.placeholders = placeholders;
        this.conversions = conversions;
    }

    <T> T create(Class<T> type) {
        if (!type.isInterface()) {
            throw new InvalidClientException(type, "it is a class (expected an interface)");
        }
        TeleportClient annotation = AnnotatedElementUtils.findMergedAnnotation(type, TeleportClient.class);
        if (annotation == null) {
            throw new InvalidClientException(type, "it has no @TeleportClient");
        }
        Peer peer = peer(type, placeholders.apply(annotation.peer()));
        ServiceMethodMapper mapper = peer.options().serviceMethodMapper();
        String prefix = placeholders.apply(annotation.path());
        Map<Method, ClientMethod> methods = new HashMap<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                methods.put(method, method(type, method, mapper, prefix));
            }
        }
        ClientInvocations invocations = new ClientInvocations(type, teleport, peer.name(), methods);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, invocations));
    }

    private Peer peer(Class<?> type, String name) {
        Peer peer = teleport.peers().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownPeerException(
                        name, teleport.peers().stream().map(Peer::name).toList(), "@TeleportClient " + type.getName()));
        if (!teleport.dials(name)) {
            throw new InvalidClientException(
                    type,
                    "peer '" + name + "' dials nothing (expected an address in teleport.peers." + name + ".dial)");
        }
        return peer;
    }

    private ClientMethod method(Class<?> type, Method method, ServiceMethodMapper mapper, String prefix) {
        CallMapping call = AnnotatedElementUtils.findMergedAnnotation(method, CallMapping.class);
        PushMapping push = AnnotatedElementUtils.findMergedAnnotation(method, PushMapping.class);
        if ((call == null) == (push == null)) {
            throw new InvalidClientException(
                    type,
                    method,
                    "it has " + (call == null ? "neither" : "both") + " of @CallMapping and @PushMapping");
        }
        String path = call != null ? call.value() : Objects.requireNonNull(push).value();
        String serviceMethod = MappedPath.of(mapper, prefix, placeholders.apply(path), method);
        ClientArguments arguments = ClientArguments.of(type, method, conversions);
        return call != null
                ? ClientMethod.call(type, method, serviceMethod, arguments)
                : ClientMethod.push(type, method, serviceMethod, arguments);
    }
}
