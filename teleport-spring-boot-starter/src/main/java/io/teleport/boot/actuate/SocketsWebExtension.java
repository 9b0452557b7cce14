package io.teleport.boot.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/** The sockets endpoint over HTTP: says by status codes, and in words, what the request got wrong. */
@EndpointWebExtension(endpoint = SocketsEndpoint.class)
public final class SocketsWebExtension {

    private final SocketsEndpoint endpoint;

    public SocketsWebExtension(SocketsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** As {@link SocketsEndpoint#sockets}; 400 with an {@code error} if the state or the peer is unknown. */
    @ReadOperation
    public WebEndpointResponse<?> sockets(@Nullable String state, @Nullable String peer) {
        try {
            return new WebEndpointResponse<>(endpoint.sockets(state, peer));
        } catch (InvalidEndpointRequestException e) {
            return new WebEndpointResponse<>(
                    new ErrorDescriptor(e.getReason()), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    /** 204 if the socket is being closed, 404 if there is no such open socket. */
    @DeleteOperation
    public WebEndpointResponse<?> close(@Selector String id) {
        return new WebEndpointResponse<>(
                endpoint.close(id) ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }

    /** Why a request was refused. */
    public record ErrorDescriptor(@Nullable String error) {}
}
