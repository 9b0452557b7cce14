package io.teleport.transport.tls;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.teleport.transport.HandshakeEvent;
import io.teleport.transport.TlsSession;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Stands behind the encryption and says in our words how it begins and ends. Confined to the event loop. */
final class TlsHandshake extends ChannelDuplexHandler {

    private final SslHandler encryption;

    private final FirstBytes firstBytes;

    private boolean failed;

    TlsHandshake(SslHandler encryption, FirstBytes firstBytes) {
        this.encryption = encryption;
        this.firstBytes = firstBytes;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent end) {
            if (end.isSuccess()) {
                describe(encryption.engine().getSession()).keepWith(ctx.channel());
                ctx.fireUserEventTriggered(new HandshakeEvent.Done());
            } else {
                failed = true;
                ctx.fireUserEventTriggered(new HandshakeEvent.Failed(problem(end.cause())));
            }
        } else if (event instanceof SslCloseCompletionEvent) {
            // The other side sends no more; half a connection is of no use.
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private String problem(Throwable failure) {
        String text = TlsProblem.text(failure);
        return failure instanceof NotSslRecordException ? text + ": the other side sent " + firstBytes : text;
    }

    private static TlsSession describe(SSLSession session) {
        return new TlsSession(session.getProtocol(), session.getCipherSuite(), certificates(session));
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            // The JDK's way to say that there are none.
            return List.of();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (failed) {
            // Told with the handshake.
            return;
        }
        boolean ofTls = failure instanceof SSLException || failure.getCause() instanceof SSLException;
        ctx.fireExceptionCaught(ofTls ? new SSLException(TlsProblem.text(failure), failure) : failure);
    }

    /**
     * Lets the encryption say goodbye first, but only if the network takes bytes: behind others that it does not take, the goodbye would wait as long as
     * they do.
     */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        if (waiting != null && !waiting.isEmpty()) {
            ctx.pipeline().context(encryption).close(promise);
        } else {
            ctx.close(promise);
        }
    }
}
