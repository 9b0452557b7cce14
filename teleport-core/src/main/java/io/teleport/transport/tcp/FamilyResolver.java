package io.teleport.transport.tcp;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves names of dialed hosts to addresses of one family, through the JDK as Netty's own default does. */
final class FamilyResolver extends AddressResolverGroup<InetSocketAddress> {

    private final AddressFamily family;

    FamilyResolver(AddressFamily family) {
        this.family = family;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor).asAddressResolver();
    }

    private final class Names extends InetNameResolver {

        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            try {
                promise.setSuccess(family.resolve(host).get(0));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            try {
                promise.setSuccess(family.resolve(host));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }
    }
}
