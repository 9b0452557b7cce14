package io.teleport.transport.websocket;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the request to open a WebSocket, rule by rule (RFC 6455, section 4.2.1). */
final class UpgradeRequest {

    private static final int KEY_BYTES = 16;

    private final HttpRequest request;

    private final HttpHead head;

    UpgradeRequest(HttpRequest request, SocketAddress remoteAddress) {
        this.request = request;
        String uri = request.uri();
        int question = uri.indexOf('?');
        this.head = new HttpHead(
                request.method().name(),
                question < 0 ? uri : uri.substring(0, question),
                question < 0 ? "" : uri.substring(question + 1),
                request.headers().entries(),
                remoteAddress);
    }

    HttpHead head() {
        return head;
    }

    /** Whether it is a whole request of the kind that is answered here, on whatever path. */
    @Nullable
    Refusal malformed() {
        HttpHeaders headers = request.headers();
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return new Refusal(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "expected HTTP/1.1");
        }
        if (!head.path().startsWith("/")) {
            return Refusal.bad("request target does not begin with /");
        }
        if (headers.getAll("Host").size() != 1) {
            return Refusal.bad("expected one Host header");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected GET");
        }
        if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) > 0) {
            return Refusal.bad("a GET has no body here");
        }
        return null;
    }

    /** What keeps it from being answered with a WebSocket. */
    @Nullable
    Refusal unfit(OriginRule origins, String protocol) {
        HttpHeaders headers = request.headers();
        if (!Upgrade.isAskedFor(headers)) {
            return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "this is a WebSocket");
        }
        if (!Upgrade.VERSION.equals(headers.get("Sec-WebSocket-Version"))) {
            return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "expected Sec-WebSocket-Version 13");
        }
        if (!isKey(headers.get("Sec-WebSocket-Key"))) {
            return Refusal.bad("Sec-WebSocket-Key is not 16 bytes in base64");
        }
        String origin = headers.get("Origin");
        if (!origins.allows(origin, headers.get("Host"))) {
            return new Refusal(HttpResponseStatus.FORBIDDEN, "origin " + Shown.of(origin) + " is not allowed");
        }
        List<String> offered = offeredProtocols();
        if (!offered.isEmpty() && !offered.contains(protocol)) {
            return Refusal.bad("none of the sub-protocols " + Shown.of(offered) + " is spoken here (expected "
                    + protocol + " or no offer)");
        }
        return null;
    }

    List<String> offeredProtocols() {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    String key() {
        return String.valueOf(request.headers().get("Sec-WebSocket-Key"));
    }

    private static boolean isKey(@Nullable String key) {
        if (key == null) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Why a request is not granted.
     *
     * @param text one line for the other side and for operators
     */
    record Refusal(HttpResponseStatus status, String text) {

        static Refusal bad(String text) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, text);
        }
    }
}
