package io.teleport.boot.autoconfigure;

import io.teleport.boot.PeerCustomizer;
import io.teleport.boot.handler.RoutePlugins;
import io.teleport.codec.BodyCodec;
import io.teleport.codec.json.JsonBodyCodec;
import io.teleport.filter.TransferFilter;
import io.teleport.peer.PeerBuilder;
import io.teleport.plugin.Plugin;
import io.teleport.protocol.Protocol;
import io.teleport.session.CallObserver;
import io.teleport.transport.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The beans that every peer gets, each list in its order.
 *
 * @param validation checks arguments; null if the application has no validator or several
 * @param jsonMapper the application's mapper, null if it has none or several
 */
record PeerParts(
        @Nullable JsonMapper jsonMapper,
        List<BodyCodec> bodyCodecs,
        List<TransferFilter> filters,
        List<Protocol> protocols,
        List<Transport> transports,
        List<Plugin> plugins,
        List<CallObserver> observers,
        List<PeerCustomizer> customizers,
        @Nullable Plugin validation) {

    static PeerParts of(ConfigurableListableBeanFactory beans) {
        return new PeerParts(
                beans.getBeanProvider(JsonMapper.class).getIfUnique(),
                ordered(beans.getBeanProvider(BodyCodec.class)),
                ordered(beans.getBeanProvider(TransferFilter.class)),
                ordered(beans.getBeanProvider(Protocol.class)),
                ordered(beans.getBeanProvider(Transport.class)),
                peerPlugins(beans),
                ordered(beans.getBeanProvider(CallObserver.class)),
                ordered(beans.getBeanProvider(PeerCustomizer.class)),
                ArgumentValidation.plugin(beans));
    }

    /** Those that a controller names are for its routes. */
    private static List<Plugin> peerPlugins(ConfigurableListableBeanFactory beans) {
        List<Class<? extends Plugin>> ofRoutes = RoutePlugins.named(beans);
        return ordered(beans.getBeanProvider(Plugin.class)).stream()
                .filter(plugin -> ofRoutes.stream().noneMatch(type -> type.isInstance(plugin)))
                .toList();
    }

    private static <T> List<T> ordered(ObjectProvider<T> beans) {
        return beans.orderedStream().toList();
    }

    /**
     * A Go peer leaves fields out, or writes null for them, where Java has a primitive. The application's mapper would refuse that, so this one
     * thing is changed in a copy of it; who wants it otherwise brings a codec.
     */
    private static JsonMapper readingZeroFields(JsonMapper mapper) {
        return mapper.rebuild()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    /** Adds all but the customizers. A codec of the application replaces the one made of its mapper. */
    void addTo(PeerBuilder builder) {
        if (jsonMapper != null) {
            builder.register(new JsonBodyCodec(readingZeroFields(jsonMapper)));
        }
        bodyCodecs.forEach(builder::register);
        filters.forEach(builder::register);
        protocols.forEach(builder::register);
        transports.forEach(builder::register);
        plugins.forEach(builder::plugin);
        observers.forEach(builder::observer);
    }
}
