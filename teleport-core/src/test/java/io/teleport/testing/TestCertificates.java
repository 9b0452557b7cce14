package io.teleport.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** An authority and the certificates it issues, made anew in each test run. */
public final class TestCertificates {

    private final X509Bundle authority;

    /** @param name of the authority */
    public TestCertificates(String name) {
        authority = make(valid().subject("CN=" + name).setIsCertificateAuthority(true), null);
    }

    private static CertificateBuilder valid() {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .ecp256()
                .notBefore(now.minus(Duration.ofDays(2)))
                .notAfter(now.plus(Duration.ofDays(2)));
    }

    /** For the names and addresses of this machine only, so for the tests' servers; valid now. */
    public X509Bundle localhost() {
        return issue(
                "localhost",
                certificate -> certificate.addSanDnsName("localhost").addSanIpAddress("127.0.0.1"));
    }

    /** With a name of its own and valid for no host: for clients. */
    public X509Bundle client(String name) {
        return issue(name, certificate -> certificate);
    }

    /** Whatever a test needs else. */
    public X509Bundle issue(String name, UnaryOperator<CertificateBuilder> changes) {
        return make(changes.apply(valid().subject("CN=" + name)), authority);
    }

    /** Writes the certificate and its key, as servers have them. */
    public static PemFiles write(X509Bundle certificate, Path directory, String name) throws IOException {
        PemFiles files = new PemFiles(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
        Files.writeString(files.certificate(), certificate.getCertificatePathPEM());
        Files.writeString(files.privateKey(), certificate.getPrivateKeyPEM());
        return files;
    }

    /** Writes the certificate of the authority, as those have it who trust it. */
    public Path writeAuthority(Path directory, String name) throws IOException {
        return Files.writeString(directory.resolve(name + ".crt"), authority.getCertificatePEM());
    }

    /** The authority itself. */
    public X509Bundle authority() {
        return authority;
    }

    private static X509Bundle make(CertificateBuilder certificate, X509Bundle issuer) {
        try {
            return issuer == null ? certificate.buildSelfSigned() : certificate.buildIssuedBy(issuer);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot make a certificate", e);
        }
    }

    /** Where a certificate and its key were written. */
    public record PemFiles(Path certificate, Path privateKey) {}
}
