package main

import (
	"crypto/tls"
	"crypto/x509"
	"flag"
	"fmt"
	"os"

	"github.com/andeya/erpc/v7"
)

// tlsOptions are the TLS flags of both roles. TLS is on if any is given.
type tlsOptions struct {
	certificate string
	key         string
	authorities string
	clientAuth  string
	serverName  string
	insecure    bool
}

func tlsFlags(flags *flag.FlagSet) *tlsOptions {
	t := &tlsOptions{}
	flags.StringVar(&t.certificate, "tls-cert", "", "own certificate chain, PEM file")
	flags.StringVar(&t.key, "tls-key", "", "key of the own certificate, PEM file")
	flags.StringVar(&t.authorities, "tls-ca", "", "certificates trusted to sign the other side's, PEM file")
	flags.StringVar(&t.clientAuth, "tls-client-auth", "none", "whether a server asks for a certificate: none or require")
	flags.StringVar(&t.serverName, "tls-server-name", "", "name in the server's certificate; the host dialed unless given")
	flags.BoolVar(&t.insecure, "tls-insecure", false, "take any certificate of a server")
	return t
}

// apply gives the peer its TLS settings through erpc, which then uses them for dialing and listening.
func (t *tlsOptions) apply(peer erpc.Peer) error {
	if *t == (tlsOptions{clientAuth: "none"}) {
		return nil
	}
	config, err := t.config()
	if err == nil {
		peer.SetTLSConfig(config)
	}
	return err
}

func (t *tlsOptions) config() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.serverName, InsecureSkipVerify: t.insecure}
	if t.certificate != "" || t.key != "" {
		pair, err := tls.LoadX509KeyPair(t.certificate, t.key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	if t.authorities != "" {
		pem, err := os.ReadFile(t.authorities)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("no certificates in %s", t.authorities)
		}
		config.RootCAs, config.ClientCAs = pool, pool
	}
	switch t.clientAuth {
	case "none":
	case "require":
		config.ClientAuth = tls.RequireAndVerifyClientCert
	default:
		return nil, fmt.Errorf("client auth %q is neither none nor require", t.clientAuth)
	}
	return config, nil
}
