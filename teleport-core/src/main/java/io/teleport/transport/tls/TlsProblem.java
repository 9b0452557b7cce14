package io.teleport.transport.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of TLS in one line that says what was found, the same from the JDK and from OpenSSL. */
final class TlsProblem {

    private static final int LONGEST = 300;

    private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

    private static final Pattern OPENSSL_ALERT =
            Pattern.compile("SSL routines:[^:]*:(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(\\w+)");

    private static final Pattern OPENSSL_REASON = Pattern.compile("SSL routines:[^:]*:(\\w+)");

    private TlsProblem() {}

    static String text(@Nullable Throwable failure) {
        String found = null;
        // The innermost failure of a kind we know says it best.
        for (Throwable next = failure; next != null; next = next.getCause()) {
            String known = known(next);
            found = known == null ? found : known;
        }
        return tame(found != null ? found : String.valueOf(failure));
    }

    private static @Nullable String known(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (failure instanceof NotSslRecordException) {
            return "not a TLS record: the other side sent " + FirstBytes.text(message);
        }
        if (failure instanceof ClosedChannelException) {
            return "the other side closed the connection";
        }
        if (failure instanceof CertificateExpiredException) {
            return "x509: certificate has expired: " + message;
        }
        if (failure instanceof CertificateNotYetValidException) {
            return "x509: certificate is not yet valid: " + message;
        }
        if (failure instanceof CertPathBuilderException) {
            return "x509: certificate signed by unknown authority";
        }
        if (failure instanceof CertificateException) {
            return "x509: " + message;
        }
        return ofProvider(message);
    }

    private static @Nullable String ofProvider(String message) {
        if (message.contains("Empty client certificate chain")
                || message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
            return "the client showed no certificate";
        }
        Matcher jdkAlert = JDK_ALERT.matcher(message);
        Matcher alert = jdkAlert.find() ? jdkAlert : OPENSSL_ALERT.matcher(message);
        if (alert == jdkAlert || alert.find()) {
            return "the other side refused with alert " + alert.group(1).toLowerCase(Locale.ROOT);
        }
        Matcher reason = OPENSSL_REASON.matcher(message);
        if (reason.find()) {
            return reason.group(1).toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        return message.isEmpty() ? null : message;
    }

    private static String tame(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
