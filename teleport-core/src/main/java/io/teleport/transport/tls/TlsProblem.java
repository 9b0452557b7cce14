package io.teleport.transport.tls;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Set;
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

    /** What the JDK says of a chain that ends with no authority that is trusted, or with one of the same name only. */
    private static final Set<String> UNTRUSTED =
            Set.of("Path does not chain with any of the trust anchors", "signature check failed");

    private TlsProblem() {}

    static String text(@Nullable Throwable failure) {
        String certificate = null;
        String other = null;
        // The innermost says it best.
        for (Throwable next = failure; next != null; next = next.getCause()) {
            certificate = ofCertificate(next) != null ? ofCertificate(next) : certificate;
            other = ofProtocol(next) != null ? ofProtocol(next) : other;
        }
        return tame(certificate != null ? certificate : String.valueOf(other != null ? other : failure));
    }

    /** In the words of Go's X.509, as far as the JDK says the same. */
    private static @Nullable String ofCertificate(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        if (failure instanceof CertificateExpiredException) {
            return "x509: certificate has expired: " + message;
        }
        if (failure instanceof CertificateNotYetValidException) {
            return "x509: certificate is not yet valid: " + message;
        }
        if (failure instanceof CertPathBuilderException || UNTRUSTED.contains(message)) {
            return "x509: certificate signed by unknown authority";
        }
        return failure instanceof CertificateException || failure instanceof CertPathValidatorException
                ? "x509: " + message
                : null;
    }

    private static @Nullable String ofProtocol(Throwable failure) {
        if (failure instanceof NotSslRecordException) {
            return "not a TLS record";
        }
        if (failure instanceof ClosedChannelException) {
            return "the other side closed the connection";
        }
        String message = failure.getMessage() == null ? "" : failure.getMessage();
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
