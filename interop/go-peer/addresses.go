package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/andeya/erpc/v7"
)

// listenConfig says where a server listens. erpc knows a host (or the beginning of a socket's path) and a port, and
// joins the two with a colon, for unix sockets, too.
func (p *peerOptions) listenConfig(address string) (erpc.PeerConfig, error) {
	if p.isUnix() && !strings.Contains(address, ":") {
		address += ":0"
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return erpc.PeerConfig{}, err
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return erpc.PeerConfig{}, fmt.Errorf("port of %s: %w", address, err)
	}
	config := p.config()
	config.LocalIP = host
	config.ListenPort = uint16(number)
	return config, nil
}

// dialConfig says what a client binds. With unix sockets erpc binds a file; it is put beside the server's.
func (p *peerOptions) dialConfig(address string) erpc.PeerConfig {
	config := p.config()
	switch {
	case p.isUnix():
		config.LocalIP = fmt.Sprintf("%s-client-%d", strings.TrimRight(address, ":0123456789"), os.Getpid())
	case p.network == "tcp6":
		config.LocalIP = "::" // erpc's default is an IPv4 address
	}
	return config
}

func (p *peerOptions) isUnix() bool { return strings.HasPrefix(p.network, "unix") }
