package io.teleport.protocol.http;

import io.teleport.protocol.FrameCodec;
import io.teleport.protocol.Protocol;
import io.teleport.protocol.ProtocolContext;

/**
 * Go Teleport's {@code http} protocol. A CALL is a {@code POST}, its service method the path; a REPLY is a response, {@code 200 OK} or
 * {@code 299 Business Error} with the status as JSON. Metadata are headers, so their keys get HTTP's capitals and lose their order; in a request,
 * pairs whose key is no header name go into the query, where Go reads them. {@code X-Seq} and {@code X-Mtype} carry number and type,
 * {@code X-Content-Encoding} the name of the one filter there may be, which compresses by gzip. Source: {@code http.json}.
 *
 * <p>PUSH, several filters, filters without a content coding, and metadata named like a header that frames the message are refused.
 *
 * <p>Requests without {@code X-Seq} come from any HTTP client and are answered as it expects:
 *
 * <ul>
 *   <li>GET and POST are CALLs with sequence 0; the query becomes metadata, before the headers. Other methods get 405.
 *   <li>They are handled one after another, so that the answers have the order of the requests, and {@code Connection: close} and HTTP/1.0 end
 *       the connection after the answer. Requests with {@code X-Seq} are handled in parallel, their answers matched by number.
 *   <li>The content type chooses the codec; without one, and for {@code application/octet-stream}, it is JSON. A form whose first character
 *       begins a JSON array or object, which no form does, is read as JSON: it is what {@code curl -d '[1,2,3]'} sends. Unknown types get
 *       415. The answer comes in the type named alone in {@code Accept}, else in that of the request, but JSON for a form.
 *   <li>Bodies may be chunked (trailers are dropped) and compressed by gzip; {@code Expect: 100-continue} is answered.
 *   <li>What is no proper request gets a 4xx or 5xx with the reason, and the connection closes.
 * </ul>
 *
 * <p>Limits: the message limit for a whole message as it arrives, {@value HttpLimits#REQUEST_LINE} bytes for the first line,
 * {@value HttpLimits#HEAD} for it and all headers, {@value HttpLimits#FIELDS} headers, {@value HttpLimits#CHUNK_LINE} for the line of a chunk.
 */
public final class HttpProtocol implements Protocol {

    @Override
    public String name() {
        return "http";
    }

    @Override
    public FrameCodec newFrameCodec(ProtocolContext context) {
        return new HttpFrameCodec(context);
    }
}
